export { loadReader } from './reader.js';
export { loadVerifier } from './verifier.js';
