import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A way to a TCP port of this machine that can be cut as a network is: without a word to either side. */
export interface Passage {
  port: number;
  /** Nothing gets through in either direction; who calls is let in and hears nothing. */
  cut(): void;
  /** What was under way arrives, late. */
  mend(): void;
  stop(): Promise<void>;
}

/** Opens a passage to a port of loopback. */
export async function openPassage(port: number): Promise<Passage> {
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('data', (bytes) => to.write(bytes));
      from.on('error', () => {});
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
      if (isCut) from.pause();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    cut() {
      isCut = true;
      for (const socket of sockets) socket.pause();
    },
    mend() {
      isCut = false;
      for (const socket of sockets) socket.resume();
    },
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
