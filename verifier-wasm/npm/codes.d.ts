// Made from credential-core by verifier-wasm/tests/codes.rs. Not edited by hand.

/** Why the verdict is what it is. */
export type Reason =
  | 'genuine'
  | 'status-old'
  | 'status-unknown'
  | 'past-validity'
  | 'states-not-admitted'
  | 'states-otherwise'
  | 'one-sheet'
  | 'register-unknown'
  | 'withdrawn'
  | 'suspended'
  | 'replaced'
  | 'specimen'
  | 'signature-invalid'
  | 'outside-scope'
  | 'outside-session'
  | 'outside-signing-window'
  | 'key-compromised'
  | 'breaks-rules'
  | 'trust-conflict'
  | 'unknown-issuer'
  | 'newer-format'
  | 'foreign-code'
  | 'text-malformed'
  | 'compression-malformed'
  | 'envelope-malformed'
  | 'dictionary-unknown'
  | 'no-trust';

/** What is wrong with a trust pack; no judgement of any paper. */
export type FaultCode =
  | 'pack-malformed'
  | 'trust-malformed'
  | 'trust-weak-key'
  | 'trust-unsigned'
  | 'trust-foreign-root'
  | 'status-malformed'
  | 'status-unsigned'
  | 'register-malformed'
  | 'register-unsigned'
  | 'trust-void'
  | 'trust-rolled-back'
  | 'trust-link-missing'
  | 'status-ahead';

export type Verdict =
  | 'genuine'
  | 'not-genuine'
  | 'undetermined';
export const verdicts: readonly Verdict[];

export type Status =
  | 'in-force'
  | 'withdrawn'
  | 'suspended'
  | 'replaced'
  | 'unknown';
export const statuses: readonly Status[];

export type Register =
  | 'listed'
  | 'not-listed'
  | 'unknown';
export const registers: readonly Register[];

export type Kind =
  | 'diploma'
  | 'transcript'
  | 'attestation';
export const kinds: readonly Kind[];

export type Outcome =
  | 'not-admitted'
  | 'admitted'
  | 'otherwise';
export const outcomes: readonly Outcome[];

export type ColumnRole =
  | 'other'
  | 'code'
  | 'coefficient'
  | 'credits'
  | 'result'
  | 'maximum';
export const columnRoles: readonly ColumnRole[];

/** Every outcome, in the order of SPEC section 10, with its words in English. */
export const reasons: readonly { code: Reason; verdict: Verdict; exit: 0 | 1 | 2; shown: boolean; words: string }[];
/** Every fault of a pack, with its words in English. */
export const faults: readonly { code: FaultCode; verdict: 'undetermined'; exit: 2; shown: false; words: string }[];
