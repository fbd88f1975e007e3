// Made from credential-core by verifier-wasm/tests/codes.rs. Not edited by hand.

export const reasons = Object.freeze([
  {"code":"genuine","exit":0,"shown":true,"verdict":"genuine","words":"Issued by the authority named. Compare with the paper."},
  {"code":"status-old","exit":2,"shown":true,"verdict":"genuine","words":"Genuine; withdrawals are known only up to the date shown."},
  {"code":"status-unknown","exit":2,"shown":true,"verdict":"genuine","words":"Genuine; no list says whether it was withdrawn."},
  {"code":"past-validity","exit":1,"shown":true,"verdict":"genuine","words":"Genuine, and no longer valid: its last day has passed."},
  {"code":"states-not-admitted","exit":1,"shown":true,"verdict":"genuine","words":"Genuine. It states that the candidate was NOT admitted."},
  {"code":"states-otherwise","exit":2,"shown":true,"verdict":"genuine","words":"Genuine. It states neither that the candidate was admitted nor that not: read what was decided."},
  {"code":"one-sheet","exit":2,"shown":true,"verdict":"genuine","words":"Genuine, but one sheet of several. Check the others too."},
  {"code":"register-unknown","exit":2,"shown":true,"verdict":"genuine","words":"Genuine by its seal; whether the register has it was not looked up, or it was sealed after it. Ask the authority."},
  {"code":"withdrawn","exit":1,"shown":true,"verdict":"genuine","words":"The authority has withdrawn it. Do not rely on it."},
  {"code":"suspended","exit":1,"shown":true,"verdict":"genuine","words":"The authority has suspended it for now. Do not rely on it."},
  {"code":"replaced","exit":1,"shown":true,"verdict":"genuine","words":"The authority has replaced it by another document."},
  {"code":"specimen","exit":2,"shown":true,"verdict":"undetermined","words":"A test document, worthless."},
  {"code":"signature-invalid","exit":1,"shown":false,"verdict":"not-genuine","words":"Altered, or not sealed by the authority it names. Do not accept it."},
  {"code":"outside-scope","exit":1,"shown":false,"verdict":"not-genuine","words":"Sealed with a key that may not seal this kind of document. Do not accept it."},
  {"code":"outside-session","exit":2,"shown":false,"verdict":"undetermined","words":"Sealed with a key that the list names for other sessions. Ask the authority."},
  {"code":"outside-signing-window","exit":2,"shown":false,"verdict":"undetermined","words":"Sealed before or after the key's days of service. Ask the authority."},
  {"code":"key-compromised","exit":2,"shown":false,"verdict":"undetermined","words":"Sealed with a key that was stolen, and not known to be registered. Do not rely on it."},
  {"code":"breaks-rules","exit":2,"shown":false,"verdict":"undetermined","words":"Signed, but not made by the rules (for example hidden characters). Ask the authority."},
  {"code":"trust-conflict","exit":2,"shown":false,"verdict":"undetermined","words":"The authorities that vouch for it contradict each other. No statement until a newer list says which of them counts."},
  {"code":"unknown-issuer","exit":2,"shown":false,"verdict":"undetermined","words":"Nobody on the loaded lists sealed this: a forgery, or an authority that the lists do not know."},
  {"code":"newer-format","exit":2,"shown":false,"verdict":"undetermined","words":"Made for a newer version of this program. Update it."},
  {"code":"foreign-code","exit":2,"shown":false,"verdict":"undetermined","words":"Not a code of this kind. It was not opened."},
  {"code":"text-malformed","exit":2,"shown":false,"verdict":"undetermined","words":"Damaged or incomplete. Scan again, from the paper, in good light."},
  {"code":"compression-malformed","exit":2,"shown":false,"verdict":"undetermined","words":"Damaged or incomplete. Scan again, from the paper, in good light."},
  {"code":"envelope-malformed","exit":2,"shown":false,"verdict":"undetermined","words":"Damaged or incomplete. Scan again, from the paper, in good light."},
  {"code":"dictionary-unknown","exit":2,"shown":false,"verdict":"undetermined","words":"The loaded lists are too old to read this, or not the issuer's. Update the trust pack."},
  {"code":"no-trust","exit":2,"shown":false,"verdict":"undetermined","words":"No trust pack is loaded, so nothing can be said about the paper."},
]);
export const faults = Object.freeze([
  {"code":"pack-malformed","exit":2,"shown":false,"verdict":"undetermined","words":"The trust pack is damaged. No statement about the paper."},
  {"code":"trust-malformed","exit":2,"shown":false,"verdict":"undetermined","words":"The trust list is damaged or not made by the rules. No statement about the paper."},
  {"code":"trust-weak-key","exit":2,"shown":false,"verdict":"undetermined","words":"The trust list holds a key that must not be used. No statement about the paper."},
  {"code":"trust-unsigned","exit":2,"shown":false,"verdict":"undetermined","words":"The trust list is not signed by enough of its roots. No statement about the paper."},
  {"code":"trust-foreign-root","exit":2,"shown":false,"verdict":"undetermined","words":"The trust list has other roots than the ones trusted here. No statement about the paper."},
  {"code":"status-malformed","exit":2,"shown":false,"verdict":"undetermined","words":"A status list is damaged. No statement about the paper."},
  {"code":"status-unsigned","exit":2,"shown":false,"verdict":"undetermined","words":"A status list is not signed by its authority. No statement about the paper."},
  {"code":"register-malformed","exit":2,"shown":false,"verdict":"undetermined","words":"A register is damaged. No statement about the paper."},
  {"code":"register-unsigned","exit":2,"shown":false,"verdict":"undetermined","words":"A register is not signed by its authority. No statement about the paper."},
  {"code":"trust-void","exit":2,"shown":false,"verdict":"undetermined","words":"The trust list changes what no later list may change: it counts for nothing."},
  {"code":"trust-rolled-back","exit":2,"shown":false,"verdict":"undetermined","words":"The trust list is not built on the one in force."},
  {"code":"trust-link-missing","exit":2,"shown":false,"verdict":"undetermined","words":"The trust list is of new roots, and the list by which the old ones handed over is missing. No statement about the paper."},
  {"code":"status-ahead","exit":2,"shown":false,"verdict":"undetermined","words":"A status list is dated ahead of this computer's clock. No statement about the paper."},
]);
export const verdicts = Object.freeze(["genuine","not-genuine","undetermined"]);
export const statuses = Object.freeze(["in-force","withdrawn","suspended","replaced","unknown"]);
export const registers = Object.freeze(["listed","not-listed","unknown"]);
export const kinds = Object.freeze(["diploma","transcript","attestation"]);
export const outcomes = Object.freeze(["not-admitted","admitted","otherwise"]);
export const columnRoles = Object.freeze(["other","code","coefficient","credits","result","maximum"]);
