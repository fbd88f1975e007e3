// What the page is made of beside its script: in the one-file form inside it, in the hosted form beside it.

/** Whether this is the one-file form. */
export const SINGLE = document.getElementById('part-verifier.wasm') !== null;

/** The bytes of a part, or null if the page was built without it. */
export async function part(name) {
  if (SINGLE) {
    const holder = document.getElementById(`part-${name}`);
    return holder && unpacked(Uint8Array.from(atob(holder.textContent.trim()), (letter) => letter.charCodeAt(0)));
  }
  if (!document.documentElement.dataset.parts.split(' ').includes(name)) return null;
  return fetched(name, 'default');
}

/** A file from the page's own address; `cache` is as in fetch. */
export async function fetched(name, cache) {
  const answer = await fetch(name, { cache, credentials: 'omit', redirect: 'error' });
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}

/** A worker of the script with this name. */
export async function worker(name) {
  if (!SINGLE) return new Worker(name);
  return new Worker(URL.createObjectURL(new Blob([await part(name)], { type: 'text/javascript' })));
}

async function unpacked(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
