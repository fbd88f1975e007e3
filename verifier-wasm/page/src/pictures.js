// Files to texts: pictures through the browser's own decoder, PDF through a frame of its own.

import { SINGLE } from './parts.js';
import { pdfPages } from './pdf.js';
import { words } from './language.js';

const MOST_FILES = 300;
const MOST_BYTES = 64 << 20;
const LONGEST_SIDE = 4096;

/**
 * What is in files, one after the other: `{source, text}` for each code, `{source, reason}` for a file without one.
 * `progress` gets each name.
 */
export async function readFiles(files, reader, progress) {
  const found = [];
  for (const file of files.slice(0, MOST_FILES)) {
    progress(file.name);
    found.push(...(isPdf(file) ? await readPdf(file, reader) : await readPicture(file, reader)));
  }
  if (files.length > MOST_FILES) found[0].source.note = () => words('files.many', { count: MOST_FILES });
  return found;
}

async function readPicture(file, reader) {
  const source = { label: () => file.label || file.name };
  let picture;
  try {
    if (file.size > MOST_BYTES) throw new RangeError('too large');
    picture = await pixels(file);
  } catch {
    return [{ source, reason: 'input-unreadable' }];
  }
  return codes(source, await reader.read(picture, 'thorough'));
}

async function readPdf(file, reader) {
  const unread = (note) => [{ source: { label: () => file.name, note }, reason: 'input-unreadable' }];
  if (SINGLE) return unread(() => words('files.pdf_single'));
  if (file.size > MOST_BYTES) return unread();
  const found = [];
  const page = (number) => ({ label: () => words('source.page', { name: file.name, page: number }) });
  const outcome = await pdfPages(file, async (picture, number) => {
    found.push(...codes(page(number), await reader.read(picture, 'thorough')));
  });
  if (outcome.missing) return unread(() => words('files.pdf_offline'));
  if (outcome.failed && found.length === 0) return unread();
  const kept = found.filter(({ text }) => text !== undefined);
  const told = kept.length > 0 ? kept : [{ source: { label: () => file.name }, reason: 'no-code' }];
  if (outcome.cut) told[0].source.note = () => words('files.pages', { count: outcome.read });
  return told;
}

function codes(source, { texts, trap }) {
  const picture = {}; // the same for all codes of one picture
  if (texts.length > 0) return texts.map((text) => ({ source: { ...source, picture }, text }));
  return [{ source, reason: trap ? 'input-unreadable' : 'no-code' }];
}

function isPdf(file) {
  return file.type === 'application/pdf' || /\.pdf$/i.test(file.name);
}

async function pixels(file) {
  const address = URL.createObjectURL(file);
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const scale = Math.min(1, LONGEST_SIDE / Math.max(image.naturalWidth, image.naturalHeight));
    const [width, height] = [image.naturalWidth, image.naturalHeight].map((side) => Math.max(1, Math.round(side * scale)));
    const canvas = document.createElement('canvas');
    Object.assign(canvas, { width, height });
    const context = canvas.getContext('2d');
    context.fillStyle = '#fff';
    context.fillRect(0, 0, width, height);
    context.drawImage(image, 0, 0, width, height);
    return context.getImageData(0, 0, width, height);
  } finally {
    URL.revokeObjectURL(address);
  }
}
