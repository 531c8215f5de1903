import { io } from 'socket.io-client';
import { LiveConnection } from './live-connection';

/** The live connection of a page, by socket.io; nothing is opened before a home is watched. */
export const openConnection = (): LiveConnection =>
  new LiveConnection(() =>
    io({
      autoConnect: false,
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      reconnectionDelay: 300,
      reconnectionDelayMax: 5_000,
    }),
  );
