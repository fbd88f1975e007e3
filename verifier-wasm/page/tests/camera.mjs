// What a camera sees: a sheet with a code, tilted, moving a little, badly lit, as an uncompressed film (.y4m).

import { readFileSync, writeFileSync } from 'node:fs';

const [WIDTH, HEIGHT, FRAMES] = [1280, 720, 8];

/** Films a picture of a code in a page of a browser. */
export async function film(context, picture, path) {
  const page = await context.newPage();
  const address = `data:image/png;base64,${readFileSync(picture).toString('base64')}`;
  const frames = [];
  for (let frame = 0; frame < FRAMES; frame += 1) {
    const grey = await page.evaluate(draw, { address, frame, width: WIDTH, height: HEIGHT });
    frames.push(Buffer.from('FRAME\n'), Buffer.from(grey, 'base64'), Buffer.alloc((WIDTH * HEIGHT) / 2, 128));
  }
  await page.close();
  writeFileSync(path, Buffer.concat([Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420\n`), ...frames]));
  return path;
}

// runs in the page: the luma of one frame; rotation and shear stand for the tilt
async function draw({ address, frame, width, height }) {
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d');
  const light = context.createLinearGradient(0, 0, width, height);
  light.addColorStop(0, '#b9ab92');
  light.addColorStop(1, '#5d564a');
  context.fillStyle = light;
  context.fillRect(0, 0, width, height);
  context.setTransform(1, 0.1, -0.16, 0.94, width / 2 + frame * 3, height / 2 - frame * 2);
  context.rotate(0.22 + frame * 0.01);
  context.filter = 'blur(0.6px)';
  context.fillStyle = '#e9e7df';
  context.fillRect(-330, -320, 660, 640);
  context.globalAlpha = 0.9;
  context.drawImage(image, -260, -260, 520, 520);
  context.fillStyle = '#222';
  for (let line = 0; line < 3; line += 1) context.fillRect(-240, 275 + line * 14, 480 - line * 90, 4);
  const { data } = context.getImageData(0, 0, width, height);
  let text = '';
  for (let at = 0; at < data.length; at += 4) text += String.fromCharCode(16 + Math.round((0.299 * data[at] + 0.587 * data[at + 1] + 0.114 * data[at + 2]) * 0.858));
  return btoa(text);
}
