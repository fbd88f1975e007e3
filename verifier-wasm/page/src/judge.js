// The verifier and the packs that it holds. What it holds changes only after a new pack was accepted.

import { loadVerifier } from '../../npm/index.js';

/** As many texts as are told in one story; of more each is judged for itself. */
const STORY = 1000;
/** As many proofs as are tried, the newest first. */
const PROOFS = 100;

export class Judge {
  #module;
  #verifier;
  #refused = null;
  #proofs = [];
  /** Packs held: `{bytes, root, roots, info, own}`; `roots` are all that its lists have had, `own` marks those that a user brought. */
  held = [];
  /** Packs refused at the start, one of which may be the one that says that a document was withdrawn: until it is gone, nothing is said. */
  broken = [];

  static async load(bytes) {
    const judge = new Judge();
    judge.#module = await WebAssembly.compile(bytes);
    await judge.#fresh();
    return judge;
  }

  /** The fault of the first of the page's own packs that was refused, or null. */
  get refused() {
    return this.#refused;
  }

  /**
   * Loads a pack under a root held, or under the one that it carries; the module's answer. A refusal stands. `now` is given
   * for a pack that is new: one that is kept was looked at by the clock of the day, and its lists that are ahead of this one's
   * count for nothing.
   */
  async start({ bytes, root, roots, own }, now = null) {
    const rival = this.held.length > 0 ? this.rival(await this.look(bytes)) : null; // a look opens the pack a second time
    const wanted = rival ? rival.root : root; // what names an authority that is held must come from the roots held
    const info = this.#verifier.loadPack(bytes, wanted, now);
    if (info.loaded) this.held.push({ bytes, root: info.root, roots: roots || [info.root], info, own });
    else this.broken.push({ bytes, root: wanted, roots, own });
    if (!info.loaded) this.#refused = this.#refused || info;
    return info;
  }

  /** What a pack says of itself, or why it is refused; the packs held stay as they are. */
  async look(bytes, now = null) {
    const verifier = await loadVerifier(this.#module);
    return verifier.loadPack(bytes, null, now);
  }

  /** The pack held beside `place` that names an authority of another pack under other roots: only one of the two can be right. */
  rival({ loaded, root, authorities }, place = -1) {
    const named = ({ info }) => info.authorities.some((id) => authorities.includes(id));
    return this.held.find((held, at) => loaded && at !== place && held.root !== root && named(held));
  }

  /** Whether a pack is of roots that were replaced here before. */
  isFormer({ root }) {
    return this.held.some(({ roots }) => roots.includes(root));
  }

  /** Adds a pack to the one held at `place`, if it is of the same line; the module's answer, and whether it is a rival. */
  async update(given, place, now) {
    const verifier = await loadVerifier(this.#module);
    const held = this.held[place];
    const { bytes, ...info } = verifier.updatePack(given, held.bytes, now, held.root);
    if (!info.loaded) return info;
    if (this.rival(info, place)) return { loaded: false, reason: 'trust-foreign-root', rival: true };
    // not the bytes given: what was held before stays
    this.held[place] = { ...held, bytes, root: info.root, roots: [...new Set([...held.roots, info.root])], info };
    await this.#fresh();
    return info;
  }

  /** Adds a pack of another root, which the user has said to trust; it ends the refusal of another one. */
  async add(bytes, root, now) {
    this.broken = [];
    await this.#fresh();
    return this.start({ bytes, root, own: true }, now);
  }

  /** Forgets all but these packs. */
  async forget(kept) {
    this.held = [];
    this.broken = [];
    await this.#fresh();
    for (const pack of kept) await this.start({ ...pack, own: false });
  }

  /** What is to be there the next time, refused packs too. */
  kept() {
    return [...this.held, ...this.broken].map(({ bytes, root, roots, own }) => ({ bytes, root, roots, own }));
  }

  /** Inclusion proofs that a holder has brought, until the page is closed; one that does not hold says nothing. */
  prove(proofs) {
    this.#proofs = [...proofs, ...this.#proofs].slice(0, PROOFS);
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
    if (texts.length <= STORY) return this.#verifier.story(texts, now, this.#proofs);
    const each = texts.map((text) => this.#verifier.story([text], now, this.#proofs));
    return {
      reports: each.flatMap(({ reports }) => reports),
      exit_statuses: each.flatMap(({ exit_statuses: exits }) => exits),
      legalisations: each.flatMap(({ legalisations }, place) => legalisations.map((one) => ({ ...one, record: place }))),
    };
  }

  async #fresh() {
    this.#refused = null;
    this.#verifier = await loadVerifier(this.#module);
    for (const { bytes, root } of [...this.held, ...this.broken]) {
      const info = this.#verifier.loadPack(bytes, root);
      if (!info.loaded) this.#refused = this.#refused || info;
    }
  }
}
