/** A picture of four bytes a pixel, as a canvas gives it. */
export interface Pixels {
  data: Uint8ClampedArray;
  width: number;
  height: number;
}

interface Detector {
  detect(source: CanvasImageSource): Promise<{ rawValue: string }[]>;
}
interface DetectorClass {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<string[]>;
}

/** Longest side that is looked at: more costs time and finds no more. */
const sideMost = 1_024;

/** Reads a QR code out of pixels; undefined when there is none. The decoder is loaded at the first picture. */
export async function decodePixels({ data, width, height }: Pixels): Promise<string | undefined> {
  const { default: jsQR } = await import('jsqr');
  const text = jsQR(data, width, height)?.data;
  return text === undefined || text === '' ? undefined : text;
}

/** The browser's own detector, where it has one that knows QR codes. */
async function ownDetector(): Promise<Detector | undefined> {
  const { BarcodeDetector } = globalThis as { BarcodeDetector?: DetectorClass };
  if (BarcodeDetector === undefined) return undefined;
  try {
    const formats = await BarcodeDetector.getSupportedFormats();
    return formats.includes('qr_code') ? new BarcodeDetector({ formats: ['qr_code'] }) : undefined;
  } catch {
    return undefined;
  }
}

type Source = HTMLVideoElement | ImageBitmap;
const sizeOf = (source: Source): { width: number; height: number } =>
  source instanceof ImageBitmap
    ? { width: source.width, height: source.height }
    : { width: source.videoWidth, height: source.videoHeight };

function pixelsOf(source: Source, canvas: HTMLCanvasElement): Pixels | undefined {
  const { width, height } = sizeOf(source);
  const scale = Math.min(1, sideMost / Math.max(width, height, 1));
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null || canvas.width === 0 || canvas.height === 0) return undefined;
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

/** Gives a function that reads a QR code out of a frame or picture; undefined when there is none in it. */
export async function makeReader(): Promise<(source: Source) => Promise<string | undefined>> {
  const detector = await ownDetector();
  const canvas = document.createElement('canvas');
  return async (source) => {
    const [found] = (await detector?.detect(source).catch(() => [])) ?? [];
    if (found !== undefined && found.rawValue !== '') return found.rawValue;
    // The browser's own may be there and see nothing, as on desktops without the service behind it.
    const pixels = pixelsOf(source, canvas);
    return pixels === undefined ? undefined : decodePixels(pixels);
  };
}

/** Reads a QR code out of a photo; undefined when there is none, or it is no picture. */
export async function decodePhoto(photo: Blob): Promise<string | undefined> {
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(photo);
  } catch {
    return undefined;
  }
  try {
    return await (await makeReader())(picture);
  } finally {
    picture.close();
  }
}
