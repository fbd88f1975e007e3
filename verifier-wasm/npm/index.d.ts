import type { Kind, Reason, Register, Status, Verdict } from './codes.js';

export type { Kind, Reason, Register, Status, Verdict };

/** Bytes of a module, or a compiled one. The caller gets them: this package never fetches. */
export type ModuleSource = BufferSource | WebAssembly.Module;

/** Makes a verifier without packs from `wasm/verifier.wasm`. */
export function loadVerifier(source: ModuleSource): Promise<Verifier>;

/** Makes a reader of pictures from `wasm/reader.wasm`. */
export function loadReader(source: ModuleSource): Promise<Reader>;

export interface Verifier {
  /**
   * Adds a trust pack under the root fingerprint held (64 hexadecimal digits), or under the one that it carries if `root`
   * is null. After a refusal `verify` gives its reason until `clearPacks`.
   */
  loadPack(pack: Uint8Array, root?: string | null): PackAnswer;
  /** Puts a pack in the place of the one held if it follows it. A refusal, of an older list say, changes nothing. */
  updatePack(pack: Uint8Array, held: Uint8Array): PackAnswer;
  /** Forgets all packs, and a refusal. */
  clearPacks(): void;
  /** Judges the text of a code at `now`, whole seconds since 1970. */
  verify(text: string, now: number | bigint): Report | LegalisationReport;
  /** Judges all texts of one paper, at most 1,000, and says which document each legalisation record was made over. */
  story(texts: Iterable<string>, now: number | bigint): Story;
}

export interface Reader {
  /** Reads the codes of a picture: one byte (grey) or four (RGBA) a pixel. `frame` is one quick try, `thorough` is all of them. */
  read(picture: Picture, effort?: 'frame' | 'thorough'): Reading;
}

export interface Picture {
  data: Uint8Array | Uint8ClampedArray;
  width: number;
  height: number;
}

export interface Reading {
  /** What strangers printed: to be judged, never believed. */
  texts: string[];
  /** Whether the picture killed the reader, which has been started again. */
  trap: boolean;
}

export type PackAnswer =
  | {
      loaded: true;
      /** Root fingerprint. */
      root: string;
      list_owner: string;
      list_version: number;
      list_issued: string;
      next_update: string;
      /** Ids of the authorities that it names. */
      authorities: string[];
    }
  | { loaded: false; reason: Reason; words: string };

/** A string, or one per language of the document. */
export type Words = string | string[];

interface Outcome {
  verdict: Verdict;
  reason: Reason;
  /** The reason in plain words, in English. */
  words: string;
  status: Status;
  /** The moment whose state `status` is, RFC 3339. */
  status_as_of: string | null;
  /** Null unless the outcome lets it be shown, as with `document` and `legalisation`. */
  issuer: Issuer | null;
}

/** The report on a document's code. */
export interface Report extends Outcome {
  register: Register;
  document: Document | null;
}

/** The report on a legalisation code, `SL1:`. */
export interface LegalisationReport extends Outcome {
  legalisation: Legalisation | null;
}

export interface Story {
  /** In the order of the texts. */
  reports: (Report | LegalisationReport)[];
  legalisations: {
    /** Which of the texts is the record, and which the document that it was made over. */
    record: number;
    document: number | null;
    /** `other-document` means that none of the documents is the one. A record counts only if it is `same-document`. */
    relation: 'same-document' | 'other-document' | 'undetermined';
  }[];
}

export interface Issuer {
  id: string;
  /** By language. */
  names: { [language: string]: string };
  country: string;
  root: string;
  list_owner: string;
  list_version: number;
  list_issued: string;
}

export interface Document {
  serial: string;
  sealed_at: string;
  digest: string;
  kind: Kind;
  languages: string[];
  holder: Words;
  /** `2007-05-14`, `2007-05` or `2007`. */
  birth?: string;
  birth_place?: Words;
  identity?: { form: 'masked'; tail: string } | { form: 'digest'; work: number };
  number?: string;
  title: Words;
  series?: Words;
  session: Words;
  honours?: Words;
  authority: Words;
  centre?: Words;
  results?: { maximum: string; mean: string | null; subjects: Subject[] };
  /** `[list, index]` and `[minutes, line]`. */
  references?: { status: [number, number] | null; minutes: [number, number] | null };
  edition:
    | { form: 'original' }
    | { form: 'duplicate'; number: number; replaces: string | null }
    | { form: 'correction'; number: number; replaces: string; decision: string | null };
  /** Sealed later from the archives of that year; grade 1 to 3 of SPEC section 6. */
  archive?: { year: number; grade: number };
}

export interface Subject {
  name: Words;
  code: string | null;
  coefficient: number | null;
  credits: number | null;
  mark: string | null;
}

export interface Legalisation {
  serial: string;
  sealed_at: string;
  document_digest: string;
  document_serial: string;
  capacity: Words;
  act_number: string;
  place: Words;
  date: string;
  purpose: Words | null;
  languages: string[];
}
