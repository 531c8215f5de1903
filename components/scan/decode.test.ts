import { encode } from 'uqr';
import { expect, it } from 'vitest';
import { decodePixels, type Pixels } from './decode';

/** A drawn QR code, `scale` pixels a square. */
function drawn(text: string, scale: number): Pixels {
  const { data: squares, size } = encode(text, { border: 4 });
  const side = size * scale;
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      if (squares[Math.floor(y / scale)]?.[Math.floor(x / scale)] !== true) continue;
      data.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3);
    }
  }
  return { data, width: side, height: side };
}

it('reads the text of a drawn code', async () => {
  expect(await decodePixels(drawn('MT:Y.K9042C00KA0648G00', 6))).toBe('MT:Y.K9042C00KA0648G00');
  expect(await decodePixels(drawn('SN-1 ABCD-EFGH-JKLM', 3))).toBe('SN-1 ABCD-EFGH-JKLM');
});

it('finds nothing where there is nothing', async () => {
  const data = new Uint8ClampedArray(64 * 64 * 4).fill(255);
  expect(await decodePixels({ data, width: 64, height: 64 })).toBeUndefined();
});
