import { connect } from 'node:net';

/**
 * Sends bytes as they are and gives back what came until the other side closed. For what no HTTP client would send: wrong
 * lengths, paths that are not escaped, odd methods.
 */
export function sendRaw(url: string, lines: readonly string[], body: string | Buffer = ''): Promise<string> {
  const { hostname, port, host } = new URL(url);
  const bytes = Buffer.from(body);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    const chunks: Buffer[] = [];
    // Whoever was answered before all was sent may be cut off while sending the rest.
    socket.on('error', (error) => {
      if (chunks.length === 0) reject(error);
    });
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('close', () => resolve(Buffer.concat(chunks).toString()));
    socket.write(
      `${[lines[0], `Host: ${host}`, 'Connection: close', ...lines.slice(1)].join('\r\n')}\r\n\r\n`,
    );
    socket.write(bytes);
  });
}

/** Status of a raw answer. */
export const statusOf = (answer: string): number => Number(answer.split(' ', 2)[1]);
