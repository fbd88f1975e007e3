// Prints sizes and digests of the modules; fails if they are larger than a page on a slow line should load.
// usage: node sizes.mjs FOLDER_OF_MODULES

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

// 76,800 and 133,120 until the document had rows, columns and lines, statuses went by tag and a refusal said its rule, field and
// byte; 83,968 and 142,336 until lists stood in lines and packs were united
const TEXT_LIMIT = 92 * 1024;
const BOTH_LIMIT = 150 * 1024;

const [folder] = process.argv.slice(2);
const [text, picture] = ['verifier', 'reader'].map(measure);
check('text', text, TEXT_LIMIT);
check('text and picture', text + picture, BOTH_LIMIT);

function measure(name) {
  const module = readFileSync(join(folder, `${name}.wasm`));
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: module.length };
  const packed = brotliCompressSync(module, { params }).length;
  const digest = createHash('sha256').update(module).digest('hex');
  console.log(`${name}.wasm: ${module.length} bytes, ${packed} with brotli, sha256 ${digest}`);
  return packed;
}

function check(what, bytes, limit) {
  console.log(`${what}: ${bytes} bytes with brotli, at most ${limit}`);
  if (bytes > limit) process.exitCode = 1;
}
