// Runs every case in a worker, as Node does.

import { run } from '/tests/cases.mjs';

const compile = (name) => WebAssembly.compileStreaming(fetch(`/modules/${name}.wasm`));
const bundle = await (await fetch('/bundle.json')).json();
postMessage(await run(bundle, await compile('verifier'), await compile('conformance')));
