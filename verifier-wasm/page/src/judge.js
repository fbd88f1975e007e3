// The verifier and the packs that it holds. What it holds changes only after a new pack was accepted.

import { loadVerifier } from '../../npm/index.js';

/** As many texts as are told in one story; of more each is judged for itself. */
const STORY = 1000;

export class Judge {
  #module;
  #verifier;
  #refused = null;
  /** Packs held: `{bytes, root, info, own}`; `own` marks those that a user brought. */
  held = [];

  static async load(bytes) {
    const judge = new Judge();
    judge.#module = await WebAssembly.compile(bytes);
    await judge.#fresh();
    return judge;
  }

  /** Why the page's own packs were refused, or null. */
  get refused() {
    return this.#refused;
  }

  /** Loads a pack under a root held, or under the one that it carries; the module's answer. A refusal stands. */
  start(bytes, root, own) {
    const info = this.#verifier.loadPack(bytes, root);
    if (info.loaded) this.held.push({ bytes, root: info.root, info, own });
    else this.#refused = info.reason;
    return info;
  }

  /** What a pack says of itself, or why it is refused; the packs held stay as they are. */
  async look(bytes) {
    const verifier = await loadVerifier(this.#module);
    return verifier.loadPack(bytes, null);
  }

  /** Puts a pack in the place of the one held at `place`, if it is its successor; the module's answer. */
  async update(bytes, place) {
    const verifier = await loadVerifier(this.#module);
    const info = verifier.updatePack(bytes, this.held[place].bytes);
    if (!info.loaded) return info;
    this.held[place] = { ...this.held[place], bytes, root: info.root, info };
    await this.#fresh();
    return info;
  }

  /** Adds a pack of another root, which the user has said to trust; it ends the refusal of another one. */
  async add(bytes, root) {
    const info = this.start(bytes, root, true);
    await this.#fresh();
    return info;
  }

  /** Forgets what the user brought. */
  async forget(kept) {
    this.held = [];
    this.#refused = null;
    await this.#fresh();
    for (const { bytes, root } of kept) this.start(bytes, root, false);
  }

  /** Whether a text is one of the format's codes at all. */
  isOurs(text, now) {
    return this.#verifier.verify(text, now).reason !== 'foreign-code';
  }

  /** Whether a text is the code of a legalisation. */
  isRecord(text, now) {
    return 'legalisation' in this.#verifier.verify(text, now);
  }

  /** Judges all texts as one story. Of too many nothing is said on which belongs to which. */
  judge(texts, now) {
    if (texts.length <= STORY) return this.#verifier.story(texts, now);
    const reports = texts.map((text) => this.#verifier.verify(text, now));
    const records = [...reports.keys()].filter((place) => 'legalisation' in reports[place]);
    return { reports, legalisations: records.map((record) => ({ record, document: null, relation: 'undetermined' })) };
  }

  async #fresh() {
    this.#refused = null;
    this.#verifier = await loadVerifier(this.#module);
    for (const { bytes, root } of this.held) {
      const info = this.#verifier.loadPack(bytes, root);
      if (!info.loaded) this.#refused = info.reason;
    }
  }
}
