import { crc32, deflateSync } from 'node:zlib';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const head = Buffer.alloc(4);
  head.writeUInt32BE(data.length);
  const tail = Buffer.alloc(4);
  tail.writeUInt32BE(crc32(body));
  return Buffer.concat([head, body, tail]);
}

/** A square of dark (true) and light modules as a PNG of one bit a pixel, `scale` pixels a module. */
export function pngOf(modules: readonly (readonly boolean[])[], scale = 8): Buffer {
  const size = modules.length * scale;
  const rowBytes = Math.ceil(size / 8);
  const rows = modules.flatMap((line) => {
    // Each row begins with the number of its filter, none; a light pixel is a 1.
    const row = Buffer.alloc(1 + rowBytes);
    for (let x = 0; x < size; x += 1) {
      if (line[Math.floor(x / scale)] !== true)
        row[1 + (x >> 3)] = (row[1 + (x >> 3)] ?? 0) | (0x80 >> (x & 7));
    }
    return Array.from({ length: scale }, () => row);
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([1, 0, 0, 0, 0], 8);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
