import type { ColumnRole, FaultCode, Kind, Outcome, Reason, Register, Status, Verdict } from './codes.js';

export type { ColumnRole, FaultCode, Kind, Outcome, Reason, Register, Status, Verdict };

/** Bytes of a module, or a compiled one. The caller gets them: this package never fetches. */
export type ModuleSource = BufferSource | WebAssembly.Module;

/** Makes a verifier without packs from `wasm/verifier.wasm`. */
export function loadVerifier(source: ModuleSource): Promise<Verifier>;

/** Makes a reader of pictures from `wasm/reader.wasm`. */
export function loadReader(source: ModuleSource): Promise<Reader>;

export interface Verifier {
  /**
   * Adds a trust pack under the root fingerprint held (64 hexadecimal digits), or under the one that it carries if `root`
   * is null. Where the time is given, a pack with a status list dated more than a day ahead of it is refused: give it
   * whenever a pack is new to you. After a refusal `verify` gives its fault until `clearPacks`.
   */
  loadPack(pack: Uint8Array, root?: string | null, now?: number | bigint | null): PackAnswer;
  /**
   * Adds a pack to the one held under the root fingerprint `root`, or under the one that it carries if that is null. An older
   * pack adds what it brings and takes nothing away; a refusal changes nothing. Keep `bytes` and `root` of the answer, not the
   * bytes given: they hold both packs in one.
   */
  updatePack(pack: Uint8Array, held: Uint8Array, now: number | bigint, root?: string | null): UpdateAnswer;
  /** Forgets all packs, and a refusal. */
  clearPacks(): void;
  /**
   * Judges the text of a code at `now`, whole seconds since 1970. `proofs` are inclusion proofs that the holder was given by the
   * authority; one that does not hold says nothing.
   */
  verify(text: string, now: number | bigint, proofs?: Iterable<Uint8Array>): Judged;
  /**
   * Judges all texts of one paper, at most 1,000: which document each legalisation record was made over, which codes count,
   * and what follows of all together.
   */
  story(texts: Iterable<string>, now: number | bigint, proofs?: Iterable<Uint8Array>): Story;
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

/** What is held now. */
export interface PackInfo {
  loaded: true;
  /** Root fingerprint under which it is held from now on: that of the newest list, or the one held before while lists conflict. */
  root: string;
  list_owner: string;
  list_version: number;
  list_issued: string;
  next_update: string;
  place: ListPlace;
  /** Ids of the authorities that its lists name. */
  authorities: string[];
}

/**
 * Where the trust list of the pack given stands: `newest` of all that are held; `older`, and what the pack brings was added;
 * `conflict`, the lists held contradict each other: `verify` gives `trust-conflict` for what they vouch for until a newer list,
 * to be asked of their owner, says which of them counts. Of `loadPack` by the lists of that pack alone, so never `older`.
 */
export type ListPlace = 'newest' | 'older' | 'conflict';

export type PackAnswer = PackInfo | (Fault & { loaded: false });

/** `bytes`: what to keep in the place of the pack that was held. */
export type UpdateAnswer = (PackInfo & { bytes: Uint8Array }) | (Fault & { loaded: false });

/** A pack is refused, and with it every statement about any paper. */
export interface Fault {
  verdict: 'undetermined';
  reason: FaultCode;
  /** The fault in plain words, in English. */
  words: string;
  status: 'unknown';
  status_as_of: null;
  sealed_after_list: false;
  register: 'unknown';
  /** Which object of the pack, by which rule of SPEC.md, at which byte of that object, from 0, where they are known. */
  cause: { object: string; rule: string | null; byte: number | null };
  issuer: null;
  document: null;
}

/** What is said about one text: its report, or the fault of a pack. */
export type Judged = Report | LegalisationReport | Fault;

/** A string, or one per language of the document; null where the paper prints none in that language. */
export type Words = string | (string | null)[];

interface Judgement {
  verdict: Verdict;
  reason: Reason;
  /** The reason in plain words, in English. */
  words: string;
  status: Status;
  /** The moment whose state `status` is, RFC 3339. */
  status_as_of: string | null;
  /** Whether the register of its key lists it; `register-unknown` asks for the register's file or a proof. */
  register: Register;
  /** Why a code that is not shown was refused: rule of SPEC.md, field, byte from 0, where they are known. */
  cause: { rule: string; field: string | null; byte: number | null } | null;
  /** Null unless the outcome lets it be shown, as with `document` and `legalisation`. */
  issuer: Issuer | null;
}

/** The report on a document's code. */
export interface Report extends Judgement {
  /** It says that it was sealed after `status_as_of`: nothing is known of it since. */
  sealed_after_list: boolean;
  document: Document | null;
}

/** The report on a legalisation code, `SL1:`. */
export interface LegalisationReport extends Judgement {
  legalisation: Legalisation | null;
}

export interface Story {
  /** What follows of all codes together: 0 accept, 1 do not rely on it, 2 nothing can be said. */
  exit_status: 0 | 1 | 2;
  /** The same of each code in this company; null where it does not count, as a stranger's code beside a document. */
  exit_statuses: (0 | 1 | 2 | null)[];
  /** In the order of the texts. */
  reports: Judged[];
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

/** Show `results`, `lines` and the words of `decision` apart from all else, and as the paper's own text. */
export interface Document {
  serial: string;
  /** What the document is, whoever sealed it when: the same facts have the same digest. */
  digest: string;
  kind: Kind;
  languages: string[];
  holder: Words;
  /** `2007-05-14`, `2007-05` or `2007`. */
  birth?: string;
  /** As printed, where the date does not say it. */
  birth_printed?: Words;
  birth_place?: Words;
  /** `name` says which number it is. */
  identity?: { form: 'masked'; tail: string; name?: Words } | { form: 'digest'; work: number; name?: Words };
  number?: string;
  title: Words;
  series?: Words;
  session: Words;
  honours?: Words;
  authority: Words;
  centre?: Words;
  results?: Results;
  /** Its line in the minutes of the jury. */
  minutes?: { number: number; line: number };
  edition:
    | { form: 'original' }
    | { form: 'duplicate'; number: number; replaces: string | null }
    | { form: 'correction'; number: number; replaces: string; decision: string | null };
  /** Sealed later from the archives of that year; grade 1 to 3 of SPEC section 6. */
  archive?: { year: number; grade: number };
  valid_until?: string;
  valid_until_printed?: Words;
  awarded?: string;
  awarded_printed?: Words;
  /** `admitted` is null where the outcome is `otherwise`. */
  decision?: { outcome: Outcome; admitted: boolean | null; words: Words | null };
  lines?: { person: Line[]; award: Line[] };
  /** A paper in several codes. */
  sheet?: { number: number; of: number };
}

export interface Results {
  mean: NumberPrinted | null;
  columns: Column[];
  rows: Row[];
  summaries: Line[];
}

export interface Column {
  role: ColumnRole;
  /** Null: the usual heading of the role. */
  heading: Words | null;
  /** The scale that the paper prints. */
  maximum: string | null;
}

export interface Row {
  name: Words;
  kind: 'subject' | 'heading' | 'total';
  /** Of a heading: 1, the widest, to 4. */
  level?: number;
  /** One for each column; null where the paper prints nothing. */
  cells: ({ number: string } | { words: Words } | null)[];
}

/** A decimal number as text, such as `15.25`. */
export interface NumberPrinted {
  number: string;
  maximum?: string;
}

export interface Line {
  name: Words;
  value: NumberPrinted | { words: Words };
}

export interface Legalisation {
  serial: string;
  digest: string;
  document_digest: string;
  document_serial: string;
  capacity: Words;
  act_number: string;
  place: Words;
  date: string;
  purpose: Words | null;
  languages: string[];
}
