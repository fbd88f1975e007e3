import type { Judged, Reader, Verifier } from './index.js';

/** `<sceau-verifier>`; sends `sceau-result` with the result object as `detail`. Importing the file defines the element. */
export class SceauVerifier extends HTMLElement {
  verifier: Verifier | null;
  reader: Reader | null;
  /** Returns whole seconds since 1970. */
  clock: () => number;
  /**
   * What is said, by name: `paste`, `verify`, `picture`, `failed`, `no-code`, `beside`, `not-admitted`, `sheets-complete`,
   * `headline-REASON`, `words-REASON`, `field-FIELD` and `decision-OUTCOME`; around the text of the paper `paper`, `paper-PART`,
   * `role-row`, `role-ROLE`; of a legalisation `legal`, `colon`, `legal-words-same-document`, and `legal-headline-RELATION` and `legal-words-RELATION` for
   * `other-document` and `undetermined`.
   */
  labels: { [name: string]: string };
  verify(text: string): Judged;
  verifyPicture(file: Blob): Promise<Judged[]>;
}

declare global {
  interface HTMLElementTagNameMap {
    'sceau-verifier': SceauVerifier;
  }
  interface HTMLElementEventMap {
    'sceau-result': CustomEvent<Judged>;
  }
}
