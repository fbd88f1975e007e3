// Packs are kept in the browser's database (hosted form only), so that they are there without a network.

const NAME = 'sceau';
const PACKS = 'packs';

/** The packs kept: `{bytes, root, roots, own}`, in order; none if the browser keeps nothing. */
export async function kept() {
  try {
    return (await transaction('readonly', (store) => store.get(PACKS))) || [];
  } catch {
    return [];
  }
}

/** Keeps these packs in the place of all others. */
export async function keep(packs) {
  try {
    await transaction('readwrite', (store) => store.put(packs, PACKS));
  } catch {
    // the packs serve until the page is closed
  }
}

function transaction(mode, use) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(NAME, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(PACKS);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const held = opening.result.transaction(PACKS, mode);
      const request = use(held.objectStore(PACKS));
      held.oncomplete = () => {
        opening.result.close();
        resolve(request.result);
      };
      held.onerror = () => reject(held.error);
      held.onabort = () => reject(held.error);
    };
  });
}
