// The pages of a PDF as pictures, drawn by a frame without rights that is made for one file and thrown away.

/** A file that takes longer than this, in milliseconds, is given up. */
const LONGEST = 60000;

/**
 * Calls `page(picture, number)` for each page. The result says how it ended: `missing` the frame could not be had,
 * `failed` the file could not be drawn, `cut` it has more pages than the `read` ones.
 */
export async function pdfPages(file, page) {
  if (!document.documentElement.dataset.parts.split(' ').includes('pdf.html')) return { missing: true };
  const bytes = await file.arrayBuffer();
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.hidden = true;
  frame.src = 'pdf.html';
  document.body.append(frame);
  try {
    return await talk(frame, bytes, page);
  } finally {
    frame.remove();
  }
}

function talk(frame, bytes, page) {
  return new Promise((resolve) => {
    let queue = Promise.resolve();
    let started = false;
    const end = (outcome) => {
      clearTimeout(late);
      removeEventListener('message', hear);
      queue.then(() => resolve(outcome), () => resolve({ failed: true }));
    };
    const hear = ({ source, data }) => {
      if (source !== frame.contentWindow || typeof data !== 'object' || data === null) return;
      if (data.ready) {
        started = true;
        frame.contentWindow.postMessage(bytes, '*', [bytes]);
      } else if (data.page) {
        queue = queue.then(() => page(picture(data), Number(data.page)));
      } else {
        end({ failed: Boolean(data.failed), cut: Boolean(data.cut), read: Number(data.read) });
      }
    };
    const late = setTimeout(() => end({ failed: true, missing: !started }), LONGEST);
    frame.addEventListener('load', () => setTimeout(() => started || end({ missing: true }), 5000));
    addEventListener('message', hear);
  });
}

// the frame is not believed: a picture is what its length says
function picture({ pixels, width, height }) {
  const data = new Uint8ClampedArray(pixels);
  if (data.length !== width * height * 4) throw new RangeError('a picture of another size');
  return { data, width, height };
}
