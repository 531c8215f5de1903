// Opens a crowd of sockets to one server and keeps them: the client side of the socket benchmark. KIND is `raw` (the
// event WebSocket of the cloud API) or `socket.io`; TOKENS_FILE a JSON array, one for so many sockets. Tells the parent
// how each of them fared.
import { readFileSync } from 'node:fs';
import { openRaw, openSocketIo } from './frames.mjs';

const { SERVER_URL = '', KIND = 'raw', COUNT = '1', TOKENS_FILE = '' } = process.env;
const tokens = JSON.parse(readFileSync(TOKENS_FILE, 'utf8'));
const count = Number(COUNT);
/** Handshakes under way at a time: as fast as one machine makes them without its own queue growing. */
const atOnce = 128;
const open = KIND === 'raw' ? openRaw : openSocketIo;
const kept = [];

const samples = [];
const failures = [];
let next = 0;
async function work() {
  while (next < count) {
    const token = tokens[next % tokens.length];
    next += 1;
    const from = performance.now();
    try {
      kept.push(await open(SERVER_URL, token));
      samples.push(performance.now() - from);
    } catch (error) {
      failures.push(String(error));
    }
  }
}

process.once('disconnect', () => process.exit(0));
process.on('message', (message) => {
  if (message.type === 'stop') process.exit(0);
});
const from = performance.now();
await Promise.all(Array.from({ length: atOnce }, work));
process.send?.({
  type: 'ready',
  crowd: { tookMs: performance.now() - from, samples, open: kept.length, firstFailure: failures[0] },
});
