import type { IncomingMessage } from 'node:http';
import type { BodyFormat } from '../contracts/operation';
import { Failure, type FieldIssue } from '../domain/errors';
import type { ApiContext } from './request';

export const bodyMostBytes = 1024 * 1024;
const utf8 = new TextDecoder('utf-8', { fatal: true });

const unparsable = (message: string) => new Failure('unparsable', { issues: [{ field: 'body', message }] });

function readIncoming(incoming: IncomingMessage): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.byteLength;
      // The rest is let pass unread, so that the refusal still reaches its caller.
      if (size > bodyMostBytes) reject(new Failure('too_large'));
      else chunks.push(chunk);
    });
    const onCutOff = () =>
      reject(new Failure('unparsable', { issues: [{ field: 'body', message: 'was cut off' }] }));
    incoming.once('end', () => {
      incoming.off('close', onCutOff);
      resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks));
    });
    incoming.once('error', reject);
    incoming.once('close', onCutOff);
  });
}

/** The bytes of a body. Raises `too_large` above 1 MiB, `unparsable` when it is cut off. */
export async function readBytes(c: ApiContext): Promise<Uint8Array> {
  if (Number(c.req.header('content-length') ?? 0) > bodyMostBytes) throw new Failure('too_large');
  const { incoming } = c.env ?? {};
  // Node's own stream costs a fraction of the web stream that would be laid over it.
  if (incoming?.readable) return readIncoming(incoming);
  const stream = c.req.raw.body;
  if (stream === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > bodyMostBytes) {
      await reader.cancel();
      throw new Failure('too_large');
    }
    chunks.push(value);
  }
  return chunks.length === 1 ? (chunks[0] as Uint8Array) : Buffer.concat(chunks);
}

function parseObject(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw unparsable('is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const issue: FieldIssue = { field: 'body', message: 'must be a JSON object' };
    throw new Failure('invalid', { reason: 'INVALID_DATA', issues: [issue] });
  }
  return value as Record<string, unknown>;
}

const fromPairs = (pairs: Iterable<[string, unknown]>): Record<string, unknown> => {
  const fields: Record<string, unknown> = Object.create(null);
  for (const [name, value] of pairs) if (typeof value === 'string') fields[name] = value;
  return fields;
};

async function parseMultipart(bytes: Uint8Array, contentType: string): Promise<Record<string, unknown>> {
  try {
    const form = await new Response(bytes as Uint8Array<ArrayBuffer>, {
      headers: { 'content-type': contentType },
    }).formData();
    return fromPairs(form.entries());
  } catch {
    throw unparsable('is no multipart form');
  }
}

/** The first line of a multipart body, which no urlencoded one can have. */
const boundaryLine = /^--([^\r\n"]{1,70})\r\n/;

/** Fields of a form in any of its three encodings. A client may put the wrong name on it; then the body itself tells. */
async function parseForm(bytes: Uint8Array, contentType: string): Promise<Record<string, unknown>> {
  const mediaType = (contentType.split(';', 1)[0] ?? '').trim().toLowerCase();
  const namesBoundary = mediaType === 'multipart/form-data' && /;\s*boundary=/i.test(contentType);
  if (namesBoundary) return parseMultipart(bytes, contentType);
  const text = decode(bytes);
  if (mediaType === 'application/json' || /^\s*\{/.test(text)) return parseObject(text);
  const boundary = boundaryLine.exec(text)?.[1];
  return boundary === undefined
    ? fromPairs(new URLSearchParams(text))
    : parseMultipart(bytes, `multipart/form-data; boundary="${boundary}"`);
}

function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw unparsable('is not UTF-8');
  }
}

/**
 * Reads a request body (mode-api 1.2): web-form operations take urlencoded, multipart and JSON alike. An empty body is
 * an empty object. `text` is the JSON as it came, empty for forms. Raises `unparsable` or `too_large`.
 */
export async function readBody(
  c: ApiContext,
  format: BodyFormat,
): Promise<{ fields: Record<string, unknown>; text: string }> {
  const bytes = await readBytes(c);
  if (bytes.byteLength === 0) return { fields: {}, text: '' };
  const contentType = c.req.header('content-type') ?? '';
  if (format === 'form') {
    return { fields: await parseForm(bytes, contentType), text: '' };
  }
  const text = decode(bytes);
  return { fields: parseObject(text), text };
}
