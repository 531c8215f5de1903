// Sockets to one server, spoken frame by frame: where hundreds stand for hundreds of browsers, a client library in one
// process would be what is measured.
import WebSocket from 'ws';

const patienceMs = 30_000;

/**
 * Opens the event WebSocket of the cloud API; resolves once the server has said that it knows who is calling.
 * @param {string} server address, `http://…`
 * @param {string} token
 * @returns {Promise<WebSocket>}
 */
export function openRaw(server, token) {
  const socket = new WebSocket(`${server.replace(/^http/, 'ws')}/userSession/websocket`, {
    perMessageDeflate: false,
    handshakeTimeout: patienceMs,
    headers: { authorization: `ModeCloud ${token}` },
  });
  return welcomed(socket, (done) => socket.on('open', done));
}

/**
 * The same for socket.io: pings are answered, everything else is the caller's to read.
 * @param {string} server
 * @param {string} token
 * @returns {Promise<WebSocket>}
 */
export function openSocketIo(server, token) {
  const socket = new WebSocket(`${server.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket`, {
    perMessageDeflate: false,
    handshakeTimeout: patienceMs,
  });
  return welcomed(socket, (done, refused) => {
    socket.on('message', (data) => {
      const text = String(data);
      // Engine.IO 4: 0 opens, 2 is a ping, 4 a packet of socket.io, of which 0 connects and 4 refuses.
      if (text.startsWith('0')) socket.send(`40${JSON.stringify({ token })}`);
      else if (text === '2') socket.send('3');
      else if (text.startsWith('40')) done();
      else if (text.startsWith('44')) refused(new Error(text));
    });
  });
}

/**
 * Emits with an acknowledgement and resolves with what was answered.
 * @param {WebSocket} socket
 * @param {string} name
 * @param {unknown} payload
 * @returns {Promise<unknown>}
 */
export function ask(socket, name, payload) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${name} was not answered`)), patienceMs);
    const hear = (/** @type {unknown} */ data) => {
      const text = String(data);
      if (!text.startsWith('430')) return;
      clearTimeout(timer);
      socket.off('message', hear);
      resolve(JSON.parse(text.slice(3))[0]);
    };
    socket.on('message', hear);
    socket.send(`420${JSON.stringify([name, payload])}`);
  });
}

/**
 * @param {WebSocket} socket
 * @param {(done: () => void, refused: (error: Error) => void) => void} listen
 * @returns {Promise<WebSocket>}
 */
function welcomed(socket, listen) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('too late')), patienceMs);
    socket.on('error', reject);
    listen(() => {
      clearTimeout(timer);
      resolve(socket);
    }, reject);
  });
}
