// The module that reads pictures: made by strangers, so it may die, and is then started again.

import { Instance, compile, kind } from './memory.js';

/** Makes a reader from the bytes of `wasm/reader.wasm`, or from a compiled module. */
export async function loadReader(source) {
  return new Reader(await compile(source));
}

class Reader {
  #module;
  #instance;

  constructor(module) {
    this.#module = module;
    this.#instance = new Instance(module);
  }

  /** Reads the codes of a picture: grey or RGBA, told apart by its length. */
  read({ data, width, height }, effort = 'frame') {
    checkPixels(data);
    if (!(effort in EFFORTS)) throw new TypeError(`effort: 'frame' or 'thorough' is wanted, found ${effort}`);
    try {
      this.#checkSize(data, width, height);
      const framed = this.#read(data, width, height, EFFORTS[effort]);
      if (this.#instance.exports.memory.buffer.byteLength > MOST_KEPT) this.#restart();
      return { texts: unframe(framed), trap: false };
    } catch (error) {
      if (error instanceof RangeError && error.cause === SIZE) throw error;
      this.#restart();
      return { texts: [], trap: true };
    }
  }

  #read(data, width, height, effort) {
    return this.#instance.call('read_codes', [data], ([pixels]) => [...pixels, width, height, effort]);
  }

  #checkSize(data, width, height) {
    const whole = [width, height].every((side) => Number.isInteger(side) && side >= 0 && side <= 0xffffffff);
    const fault = whole ? FAULTS[this.#instance.exports.check_picture(data.length, width, height)] : FAULTS[1];
    if (fault) throw new RangeError(`picture: ${fault}, found ${width} x ${height} and ${data.length} bytes`, { cause: SIZE });
  }

  // memory of a module never shrinks, so a dead or a swollen instance goes as a whole
  #restart() {
    this.#instance = new Instance(this.#module);
  }
}

const EFFORTS = { frame: 0, thorough: 1 };
const FAULTS = [null, 'sides of one pixel or more are wanted', 'it is too large', 'one byte or four bytes a pixel are wanted'];
const SIZE = Symbol('size');
const MOST_KEPT = 64 << 20;

function checkPixels(data) {
  if (data instanceof Uint8Array || data instanceof Uint8ClampedArray) return;
  throw new TypeError(`picture: a Uint8Array or Uint8ClampedArray is wanted, found ${kind(data)}`);
}

/** Each code's bytes stand behind their length; what is not UTF-8 is no text of ours, and stays visible as such. */
function unframe(framed) {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const view = new DataView(framed.buffer);
  const texts = [];
  for (let at = 0; at < framed.length; ) {
    const end = at + 4 + view.getUint32(at, true);
    texts.push(decoder.decode(framed.subarray(at + 4, end)));
    at = end;
  }
  return texts;
}
