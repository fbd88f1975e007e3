// Made from credential-core by verifier-wasm/tests/codes.rs. Not edited by hand.

export type Reason =
  | 'genuine'
  | 'status-old'
  | 'status-unknown'
  | 'withdrawn'
  | 'suspended'
  | 'replaced'
  | 'specimen'
  | 'signature-invalid'
  | 'outside-scope'
  | 'outside-signing-window'
  | 'key-compromised'
  | 'breaks-rules'
  | 'unknown-issuer'
  | 'newer-format'
  | 'foreign-code'
  | 'text-malformed'
  | 'compression-malformed'
  | 'envelope-malformed'
  | 'dictionary-unknown'
  | 'no-trust'
  | 'pack-malformed'
  | 'trust-malformed'
  | 'trust-weak-key'
  | 'trust-unsigned'
  | 'trust-foreign-root'
  | 'status-malformed'
  | 'status-unsigned'
  | 'trust-rolled-back'
  | 'register-malformed'
  | 'register-unsigned'
  | 'no-code'
  | 'input-unreadable';

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

/** Every outcome, in the order of SPEC section 10, with its words in English. */
export const reasons: readonly { code: Reason; verdict: Verdict; exit: 0 | 1 | 2; shown: boolean; words: string }[];
