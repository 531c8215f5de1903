/** A plain HTTP client of a test: status, headers and the parsed body. */
export interface Reply {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: the point of the tests is what the wire holds
  body: any;
}

export interface Credentials {
  token?: string;
  apiKey?: string;
  bearer?: string;
  headers?: Record<string, string>;
}

const octet = (): number => Math.floor(Math.random() * 254) + 1;
/** Address from which all requests of one test file come, so that what is counted by address is its own. */
export const clientAddress = `10.${octet()}.${octet()}.${octet()}`;

/** Sends one request; objects go as JSON, everything else as it is. */
export async function send(
  base: string,
  method: string,
  path: string,
  { body, ...credentials }: Credentials & { body?: unknown } = {},
): Promise<Reply> {
  const headers: Record<string, string> = { 'x-forwarded-for': clientAddress, ...credentials.headers };
  if (credentials.token !== undefined) headers.authorization = `ModeCloud ${credentials.token}`;
  if (credentials.bearer !== undefined) headers.authorization = `Bearer ${credentials.bearer}`;
  if (credentials.apiKey !== undefined) headers['x-api-key'] = credentials.apiKey;
  const isPlain =
    body === undefined ||
    typeof body === 'string' ||
    body instanceof Uint8Array ||
    body instanceof FormData ||
    body instanceof URLSearchParams;
  if (!isPlain) headers['content-type'] ??= 'application/json';
  const response = await fetch(`${base}${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: (isPlain ? body : JSON.stringify(body)) as BodyInit }),
  });
  const text = await response.text();
  let parsed: unknown = text;
  try {
    parsed = text === '' ? undefined : JSON.parse(text);
  } catch {
    // Left as text: the test that expected JSON will say so.
  }
  return { status: response.status, headers: response.headers, body: parsed };
}
