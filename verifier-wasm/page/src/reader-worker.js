// Runs in a worker: the module that reads pictures, away from the verifier's memory.

import { loadReader } from '../../npm/reader.js';

let reader;

self.onmessage = async ({ data: { id, module, picture, effort } }) => {
  if (module) {
    reader = loadReader(module);
    return;
  }
  try {
    const { texts, trap } = (await reader).read(picture, effort);
    self.postMessage({ id, texts, trap });
  } catch (error) {
    self.postMessage({ id, texts: [], trap: true });
  }
};
