// Opens a crowd of sockets to one server and keeps them: the client side of the socket benchmark. KIND is `raw` (the
// event WebSocket of the cloud API) or `socket.io` (spoken frame by frame: a client library of ten thousand would be
// what is measured); TOKENS_FILE a JSON array, one for so many sockets. Tells the parent how each of them fared.
import { readFileSync } from 'node:fs';
import WebSocket from 'ws';

const { SERVER_URL = '', KIND = 'raw', COUNT = '1', TOKENS_FILE = '' } = process.env;
const tokens = JSON.parse(readFileSync(TOKENS_FILE, 'utf8'));
const count = Number(COUNT);
/** Handshakes under way at a time: as fast as one machine makes them without its own queue growing. */
const atOnce = 128;
const patienceMs = 30_000;
const server = SERVER_URL.replace(/^http/, 'ws');
const kept = [];

/** Resolves once the server has said that it knows who is calling. */
function open(token) {
  return new Promise((resolve, reject) => {
    const isRaw = KIND === 'raw';
    const socket = new WebSocket(
      isRaw ? `${server}/userSession/websocket` : `${server}/socket.io/?EIO=4&transport=websocket`,
      {
        perMessageDeflate: false,
        handshakeTimeout: patienceMs,
        ...(isRaw ? { headers: { authorization: `ModeCloud ${token}` } } : {}),
      },
    );
    const timer = setTimeout(() => reject(new Error('too late')), patienceMs);
    const done = () => {
      clearTimeout(timer);
      kept.push(socket);
      resolve();
    };
    socket.on('error', reject);
    if (isRaw) socket.on('open', done);
    socket.on('message', (data) => {
      const text = data.toString();
      if (isRaw) return;
      // Engine.IO 4: 0 opens, 2 is a ping, 4 a packet of socket.io, of which 0 connects and 4 refuses.
      if (text.startsWith('0')) socket.send(`40${JSON.stringify({ token })}`);
      else if (text === '2') socket.send('3');
      else if (text.startsWith('40')) done();
      else if (text.startsWith('44')) reject(new Error(text));
    });
  });
}

const samples = [];
const failures = [];
let next = 0;
async function work() {
  while (next < count) {
    const token = tokens[next % tokens.length];
    next += 1;
    const from = performance.now();
    try {
      await open(token);
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
