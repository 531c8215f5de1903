import type { IncomingMessage, ServerResponse } from 'node:http';
import sirv from 'sirv';

export const staticPath = '/_next/static/';

/**
 * Sends the scripts and styles of the pages as the build has packed them, to be kept for good, since their names change with their
 * content. Knows the files that are there when it is made; `next` is for the others.
 */
export function makeStaticFiles(
  folder: string,
): (request: IncomingMessage, response: ServerResponse, next: () => void) => void {
  const send = sirv(folder, { brotli: true, gzip: true, immutable: true, maxAge: 31_536_000 });
  return (request, response, next) => {
    const { url = '' } = request;
    request.url = url.slice(staticPath.length - 1);
    send(request, response, () => {
      request.url = url;
      next();
    });
  };
}
