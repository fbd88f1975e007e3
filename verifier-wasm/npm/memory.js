// One instance of a module: arguments are copied in, results copied out, and all memory is given back.

export class Instance {
  constructor(module) {
    this.exports = new WebAssembly.Instance(module).exports;
  }

  /**
   * Copies byte strings in, calls an export with their places (pointer and length; 0 and 0 for null) in the given order,
   * and returns the bytes of its result.
   */
  call(name, args, order = (places) => places.flat()) {
    const places = args.map((bytes) => (bytes ? this.put(bytes) : [0, 0]));
    const answer = this.exports[name](...order(places));
    places.forEach((place, i) => args[i] && this.exports.dealloc(...place));
    return this.#take(answer);
  }

  put(bytes) {
    const at = this.exports.alloc(bytes.length) >>> 0;
    new Uint8Array(this.exports.memory.buffer).set(bytes, at);
    return [at, bytes.length];
  }

  // a result is `ptr << 32 | len`
  #take(packed) {
    const bits = BigInt.asUintN(64, packed);
    const [at, length] = [Number(bits >> 32n), Number(bits & 0xffffffffn)];
    const bytes = new Uint8Array(this.exports.memory.buffer, at, length).slice();
    this.exports.dealloc(at, length);
    return bytes;
  }
}

/** Compiles bytes; a module is taken as it is. The caller gets the bytes, this package never fetches. */
export async function compile(source) {
  return source instanceof WebAssembly.Module ? source : WebAssembly.compile(source);
}

/** What a value is, for the message that refuses it. */
export function kind(value) {
  return value === null ? 'null' : (value?.constructor?.name ?? typeof value);
}
