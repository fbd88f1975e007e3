// A PDF of one page with one picture on it, as an office's scanner makes it.

import { deflateSync, inflateSync } from 'node:zlib';

/** Puts a PNG (1 bit or 8 bits of grey, not interlaced) on a page of A4. */
export function pdf(png) {
  const { width, height, bits, scanlines } = opened(png);
  const parameters = `/Predictor 15 /Colors 1 /BitsPerComponent ${bits} /Columns ${width}`;
  const picture = deflateSync(scanlines);
  const place = 'q 200 0 0 200 80 500 cm /I Do Q';
  const bodies = [
    Buffer.from('<< /Type /Catalog /Pages 2 0 R >>'),
    Buffer.from('<< /Type /Pages /Kids [3 0 R] /Count 1 >>'),
    Buffer.from('<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /I 4 0 R >> >> /Contents 5 0 R >>'),
    stream(`/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceGray /BitsPerComponent ${bits} /Filter /FlateDecode /DecodeParms << ${parameters} >>`, picture),
    stream('', Buffer.from(place)),
  ];
  const chunks = [Buffer.from('%PDF-1.4\n')];
  const places = [];
  bodies.forEach((body, i) => {
    places.push(Buffer.concat(chunks).length);
    chunks.push(Buffer.from(`${i + 1} 0 obj\n`), body, Buffer.from('\nendobj\n'));
  });
  const start = Buffer.concat(chunks).length;
  const table = places.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  chunks.push(Buffer.from(`xref\n0 6\n0000000000 65535 f \n${table}trailer << /Size 6 /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`));
  return Buffer.concat(chunks);
}

function stream(entries, bytes) {
  return Buffer.concat([Buffer.from(`<< ${entries} /Length ${bytes.length} >>\nstream\n`), bytes, Buffer.from('\nendstream')]);
}

function opened(png) {
  const [width, height, bits, colour] = [png.readUInt32BE(16), png.readUInt32BE(20), png[24], png[25]];
  if (colour !== 0) throw new Error(`a grey PNG is wanted, found colour type ${colour}`);
  const data = [];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') data.push(png.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  return { width, height, bits, scanlines: inflateSync(Buffer.concat(data)) };
}
