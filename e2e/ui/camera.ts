import { writeFile } from 'node:fs/promises';
import { type Browser, chromium } from '@playwright/test';
import { encode } from 'uqr';

const width = 640;
const height = 480;
const modulePixels = 10;

/** A film of one picture, YUV4MPEG2: a QR code, dark on white, in the middle. */
function filmOf(text: string): Buffer {
  const { data, size } = encode(text, { border: 4 });
  const luma = Buffer.alloc(width * height, 235);
  const left = Math.floor((width - size * modulePixels) / 2);
  const top = Math.floor((height - size * modulePixels) / 2);
  for (let y = 0; y < size * modulePixels; y += 1)
    for (let x = 0; x < size * modulePixels; x += 1)
      if (data[Math.floor(y / modulePixels)]?.[Math.floor(x / modulePixels)])
        luma[(top + y) * width + left + x] = 16;
  const chroma = Buffer.alloc((width * height) / 2, 128);
  const header = `YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`;
  return Buffer.concat([Buffer.from(header), Buffer.from('FRAME\n'), luma, chroma]);
}

/** A browser whose camera sees a QR code with this text. `file` is where its film is put. */
export async function browserThatSees(text: string, file: string): Promise<Browser> {
  await writeFile(file, filmOf(text));
  const executablePath = process.env.CHROMIUM_PATH;
  return chromium.launch({
    ...(executablePath && { executablePath }),
    args: [
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-video-capture=${file}`,
      ...(process.getuid?.() === 0 || process.env.CI !== undefined ? ['--no-sandbox'] : []),
    ],
  });
}
