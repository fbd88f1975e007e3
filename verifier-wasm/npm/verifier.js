// The module that judges texts. Every result object is the module's own JSON.

import { Instance, compile, kind } from './memory.js';

/** Makes a verifier without packs from the bytes of `wasm/verifier.wasm`, or from a compiled module. */
export async function loadVerifier(source) {
  return new Verifier(new Instance(await compile(source)));
}

class Verifier {
  #instance;
  #failed = false;

  constructor(instance) {
    this.#instance = instance;
  }

  /**
   * Adds a pack under the root fingerprint held (64 hexadecimal digits), or under the one that it carries; where the time is
   * given, none with a status list that is dated ahead of it.
   */
  loadPack(bytes, root = null, now = null) {
    const args = [this.#pack('pack', bytes), root === null ? null : fromHex(root)];
    const time = now === null ? UNKNOWN_TIME : seconds(now);
    return this.#ask('load_pack', args, ([pack, held]) => [...pack, held[0], time]);
  }

  /** Adds a pack to the one that is held under its root fingerprint; a refusal changes nothing. The answer has the bytes to keep. */
  updatePack(bytes, held, now, root = null) {
    const args = [this.#pack('pack', bytes), this.#pack('held pack', held), root === null ? null : fromHex(root)];
    const time = seconds(now);
    const answer = this.#ask('update_pack', args, ([pack, held, root]) => [...pack, ...held, root[0], time]);
    return answer.loaded ? { ...answer, bytes: this.#use((instance) => instance.call('kept_pack', [])) } : answer;
  }

  /** Forgets all packs, and a refusal. */
  clearPacks() {
    this.#use((instance) => instance.exports.clear_packs());
  }

  /** Judges one text at the time `now`, in seconds since 1970, with inclusion proofs or none. */
  verify(text, now, proofs = []) {
    const [bytes, time] = [this.#text(text), seconds(now)];
    return this.#ask('verify', [bytes, framed(proofs)], ([text, proofs]) => [...text, ...proofs, time]);
  }

  /** Judges all texts of one paper: which document a legalisation record was made over, which codes count, what follows of all. */
  story(texts, now, proofs = []) {
    const [all, time] = [frame(Array.from(texts, (text) => this.#text(text))), seconds(now)];
    const answer = this.#ask('story', [all, framed(proofs)], ([texts, proofs]) => [...texts, ...proofs, time]);
    if (answer === null) throw new RangeError(`a story of ${texts.length} texts is too long`);
    return answer;
  }

  // what is cut off was too long to be accepted
  #pack(name, bytes) {
    if (!(bytes instanceof Uint8Array)) throw new TypeError(`${name}: a Uint8Array is wanted, found ${kind(bytes)}`);
    return bytes.subarray(0, this.#use((instance) => instance.exports.longest_pack()));
  }

  #text(text) {
    if (typeof text !== 'string') throw new TypeError(`text: a string is wanted, found ${kind(text)}`);
    const longest = this.#use((instance) => instance.exports.longest_text());
    const bytes = new Uint8Array(Math.min(longest, 3 * text.length)); // UTF-8 has three bytes for a unit at most
    return bytes.subarray(0, encoder.encodeInto(text, bytes).written);
  }

  #ask(name, args, order) {
    return JSON.parse(decoder.decode(this.#use((instance) => instance.call(name, args, order))));
  }

  // an instance that has trapped is never asked again: what it holds may be half changed
  #use(call) {
    if (this.#failed) throw new Error('this verifier has failed; load a new one');
    try {
      return call(this.#instance);
    } catch (error) {
      this.#failed = true;
      throw error;
    }
  }
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A time of the format is below 2^40 seconds, which also catches milliseconds. */
const END_OF_TIME = 2 ** 40;

/** For `load_pack`: no status list is dated ahead of it. */
const UNKNOWN_TIME = 2n ** 64n - 1n;

function seconds(now) {
  const whole = typeof now === 'bigint' || Number.isInteger(now);
  if (!whole || now < 0 || now >= END_OF_TIME) throw new RangeError(`now: whole seconds since 1970 are wanted, found ${now}`);
  return BigInt(now);
}

function fromHex(root) {
  if (typeof root !== 'string' || !/^[0-9a-f]{64}$/i.test(root)) throw new TypeError('root: 64 hexadecimal digits are wanted');
  return Uint8Array.from(root.match(/../g), (byte) => parseInt(byte, 16));
}

/** A proof that is longer than one can be is as none, and so are those beyond the first hundred. */
function framed(proofs) {
  const all = Array.from(proofs);
  const strange = all.find((proof) => !(proof instanceof Uint8Array));
  if (strange !== undefined) throw new TypeError(`proof: a Uint8Array is wanted, found ${kind(strange)}`);
  return frame(all.filter((proof) => proof.length <= LONGEST_PROOF).slice(0, 100));
}

/** SPEC section 12, REG-6. */
const LONGEST_PROOF = 1024;

/** Each text behind its length in 4 bytes, little-endian. */
function frame(texts) {
  const framed = new Uint8Array(texts.reduce((sum, text) => sum + 4 + text.length, 0));
  let at = 0;
  for (const text of texts) {
    new DataView(framed.buffer).setUint32(at, text.length, true);
    framed.set(text, at + 4);
    at += 4 + text.length;
  }
  return framed;
}
