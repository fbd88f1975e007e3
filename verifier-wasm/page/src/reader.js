// The worker that reads pictures. One that takes too long is ended and started again.

import { part, worker } from './parts.js';

/** A picture that takes longer than this, in milliseconds, is given up. */
const LONGEST = 15000;

export class PictureReader {
  #bytes = part('reader.wasm');
  #worker = null;
  #count = 0;
  #queue = Promise.resolve();

  /** The texts of a picture's codes; `trap` if reading it failed. `picture` is an ImageData-like object. */
  read(picture, effort) {
    const answer = this.#queue.then(() => this.#ask(picture, effort));
    this.#queue = answer.catch(() => {});
    return answer;
  }

  async #ask({ data, width, height }, effort) {
    const running = await this.#start();
    const id = ++this.#count;
    return new Promise((resolve) => {
      const late = setTimeout(() => {
        running.terminate();
        this.#worker = null;
        resolve({ texts: [], trap: true });
      }, LONGEST);
      running.onmessage = ({ data: answer }) => {
        if (answer.id !== id) return;
        clearTimeout(late);
        resolve(answer);
      };
      running.postMessage({ id, picture: { data, width, height }, effort }, [data.buffer]);
    });
  }

  async #start() {
    if (this.#worker === null) {
      this.#worker = await worker('reader-worker.js');
      this.#worker.postMessage({ module: await this.#bytes });
    }
    return this.#worker;
  }
}
