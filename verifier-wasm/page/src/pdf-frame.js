// Runs in the frame without rights: draws each page of one PDF, as a person sees it, and hands the pixels over.

const MOST_PAGES = 20;
const LONGEST_SIDE = 2600;

self.addEventListener('message', async ({ source, data }) => {
  if (source !== parent || !(data instanceof ArrayBuffer)) return;
  try {
    const settings = { data, isEvalSupported: false, enableXfa: false, disableFontFace: true, useSystemFonts: false, stopAtErrors: false };
    const file = await self.pdfjsLib.getDocument(settings).promise;
    const read = Math.min(file.numPages, MOST_PAGES);
    for (let number = 1; number <= read; number += 1) await draw(await file.getPage(number), number);
    parent.postMessage({ read, cut: file.numPages > read }, '*');
  } catch (error) {
    parent.postMessage({ failed: true, read: 0 }, '*');
  }
});

async function draw(page, number) {
  const plain = page.getViewport({ scale: 1 });
  const scale = Math.min(300 / 72, LONGEST_SIDE / Math.max(plain.width, plain.height));
  const viewport = page.getViewport({ scale });
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.floor(viewport.width));
  canvas.height = Math.max(1, Math.floor(viewport.height));
  const canvasContext = canvas.getContext('2d', { willReadFrequently: true });
  await page.render({ canvas, canvasContext, viewport, background: '#ffffff', annotationMode: 0 }).promise;
  const { data, width, height } = canvasContext.getImageData(0, 0, canvas.width, canvas.height);
  parent.postMessage({ page: number, pixels: data.buffer, width, height }, '*', [data.buffer]);
  page.cleanup();
}

parent.postMessage({ ready: true }, '*');
