// The camera: frames go to the reader one at a time, until one holds a code that is ours.

import { at } from './dom.js';
import { words } from './language.js';

/** After this many milliseconds without a code a hint is given, and after as many with a foreign one it is taken. */
const PATIENCE = 6000;
const LONGEST_SIDE = 1280;

export class Camera {
  #stream = null;
  #canvas = document.createElement('canvas');

  /** `reader` reads frames; `ours` tells whether a text is one of ours; `found` gets the texts; `failed` is called if that breaks. */
  constructor(reader, ours, found, failed) {
    Object.assign(this, { reader, ours, found, failed });
    at('camera-stop').addEventListener('click', () => this.stop());
    at('camera-torch').addEventListener('click', () => this.#torch());
    addEventListener('pagehide', () => this.stop());
  }

  /** Starts filming; the result is the id of the words that say why not, or null. */
  async start() {
    if (this.#stream) return null;
    if (!navigator.mediaDevices || !navigator.mediaDevices.getUserMedia) return 'camera.none';
    try {
      const video = { facingMode: { ideal: 'environment' }, width: { ideal: 1280 }, height: { ideal: 720 } };
      this.#stream = await navigator.mediaDevices.getUserMedia({ video, audio: false });
    } catch (error) {
      return error.name === 'NotAllowedError' ? 'camera.denied' : 'camera.none';
    }
    at('camera').hidden = false;
    at('results').classList.add('hidden'); // no verdict of another paper beside the picture
    at('camera-hint').textContent = words('camera.looking');
    const [track] = this.#stream.getVideoTracks();
    const able = track.getCapabilities ? track.getCapabilities() : {};
    at('camera-torch').hidden = !able.torch;
    at('video').srcObject = this.#stream;
    at('camera-stop').focus();
    this.#film(this.#stream).catch(() => {
      this.stop();
      this.failed();
    });
    return null;
  }

  stop() {
    if (!this.#stream) return;
    for (const track of this.#stream.getTracks()) track.stop();
    this.#stream = null;
    at('video').srcObject = null;
    at('camera').hidden = true;
    at('results').classList.remove('hidden');
    at('camera-torch').setAttribute('aria-pressed', 'false');
    at('camera-start').focus();
  }

  async #film(stream) {
    const begun = Date.now();
    let foreign = null;
    while (this.#stream === stream) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const frame = this.#frame();
      if (!frame) continue;
      const { texts } = await this.reader.read(frame, 'frame');
      if (this.#stream !== stream) return;
      if (texts.length > 0 && foreign === null) foreign = Date.now();
      if (texts.some(this.ours) || (texts.length > 0 && Date.now() - foreign > PATIENCE)) {
        this.stop();
        if (navigator.vibrate) navigator.vibrate(80);
        this.found(texts);
        return;
      }
      this.#hint(texts.length > 0, Date.now() - begun > PATIENCE);
    }
  }

  #frame() {
    const video = at('video');
    if (video.readyState < 2 || video.videoWidth === 0) return null;
    const scale = Math.min(1, LONGEST_SIDE / Math.max(video.videoWidth, video.videoHeight));
    const [width, height] = [Math.round(video.videoWidth * scale), Math.round(video.videoHeight * scale)];
    if (this.#canvas.width !== width) this.#canvas.width = width;
    if (this.#canvas.height !== height) this.#canvas.height = height;
    const context = this.#canvas.getContext('2d', { willReadFrequently: true });
    context.drawImage(video, 0, 0, width, height);
    return context.getImageData(0, 0, width, height);
  }

  #hint(foreign, slow) {
    const id = foreign ? 'camera.foreign' : slow ? 'camera.slow' : 'camera.looking';
    if (at('camera-hint').textContent !== words(id)) at('camera-hint').textContent = words(id);
  }

  async #torch() {
    const button = at('camera-torch');
    const on = button.getAttribute('aria-pressed') !== 'true';
    try {
      await this.#stream.getVideoTracks()[0].applyConstraints({ advanced: [{ torch: on }] });
      button.setAttribute('aria-pressed', String(on));
    } catch {
      button.hidden = true;
    }
  }
}
