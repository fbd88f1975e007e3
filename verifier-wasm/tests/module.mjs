// A verifier module in Node: the few lines that any host needs.

export class Module {
  constructor(compiled) {
    this.exports = new WebAssembly.Instance(compiled).exports;
  }

  loadPack(pack, root) {
    return this.#with([pack, root ?? null], ([pack, root]) => this.#json(this.exports.load_pack(...pack, root[0])));
  }

  clearPacks() {
    this.exports.clear_packs();
  }

  verify(text, now) {
    return this.#with([text], ([text]) => this.#json(this.exports.verify(...text, now)));
  }

  signatureHolds(key, message, signature) {
    const call = ([key, message, signature]) => this.exports.signature_holds(key[0], ...message, ...signature);
    return this.#with([key, message, signature], call);
  }

  // copies the arguments into the module, calls, and gives their memory back; null becomes a null pointer
  #with(args, call) {
    const places = args.map((bytes) => (bytes ? [this.exports.alloc(bytes.length) >>> 0, bytes.length] : [0, 0]));
    places.forEach(([at], i) => args[i] && new Uint8Array(this.exports.memory.buffer).set(args[i], at));
    const answer = call(places);
    places.forEach((place, i) => args[i] && this.exports.dealloc(...place));
    return answer;
  }

  #json(packed) {
    const bits = BigInt.asUintN(64, packed);
    const [at, length] = [Number(bits >> 32n), Number(bits & 0xffffffffn)];
    const text = new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array(this.exports.memory.buffer, at, length));
    this.exports.dealloc(at, length);
    return JSON.parse(text);
  }
}
