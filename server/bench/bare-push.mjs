// The yardstick of the push benchmark: answers a PUT with 204 and tells everybody who is connected. No database, no
// broker, no rights. The port is told to the parent over IPC.
import { createServer } from 'node:http';
import { Server } from 'socket.io';

const door = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const { eventType, eventData } = JSON.parse(Buffer.concat(chunks).toString());
  response.statusCode = 204;
  response.end();
  const payload = { eventType, eventData, timestamp: new Date().toISOString(), homeId: 1, originDeviceId: 1 };
  io.to('home').emit('event', { topic: 'event', homeId: 1, position: 1, cursor: '1-1', payload });
});
const io = new Server(door, { serveClient: false });
io.on('connection', (socket) => {
  void socket.join('home');
  socket.on('subscribe', (_request, answer) => answer({ ok: true, cursor: '1-0' }));
});
door.listen(0, '127.0.0.1', () => process.send?.({ type: 'ready', port: door.address().port }));

process.on('message', ({ type }) => {
  if (type !== 'stop') return;
  io.close(() => process.exit(0));
});
