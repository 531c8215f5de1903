import { Secret, TOTP } from 'otpauth';
import { type Reply, send } from './api-client';

/** A code of an authenticator; `stepsAhead` lets one account sign in twice within half a minute. */
export const codeOf = (secret: string, stepsAhead = 0): string =>
  TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: Date.now() + stepsAhead * 30_000 });

/** A code that the authenticator does not show around now. */
export function wrongCodeOf(secret: string): string {
  const near = [-2, -1, 0, 1, 2].map((steps) => codeOf(secret, steps));
  return (
    ['000000', '111111', '222222', '333333', '444444', '555555'].find((code) => !near.includes(code)) ?? ''
  );
}

/** The secret of a factory's member of staff, as an authenticator is given it. */
export const base32Of = (secret: Buffer): string => Secret.fromHex(secret.toString('hex')).base32;

/** A browser that keeps the staff cookie and sends what a page of ours sends. */
export class StaffBrowser {
  cookie: string | undefined;
  constructor(
    private readonly url: string,
    private readonly headers: Record<string, string> = {},
  ) {}

  async ask(method: string, path: string, body?: unknown): Promise<Reply> {
    const reply = await send(this.url, method, path, {
      headers: {
        'sec-fetch-site': 'same-origin',
        ...(this.cookie === undefined ? {} : { cookie: this.cookie }),
        ...this.headers,
      },
      ...(body === undefined ? {} : { body }),
    });
    const given = reply.headers.getSetCookie()[0];
    if (given !== undefined) this.cookie = /Max-Age=0/.test(given) ? undefined : given.split(';', 1)[0];
    return reply;
  }

  signIn = (email: string, password: string): Promise<Reply> =>
    this.ask('POST', '/staff/session', { email, password });
  prove = (code: string): Promise<Reply> => this.ask('POST', '/staff/session/factor', { code });
  step = async (): Promise<string> => (await this.ask('GET', '/staff/session')).body.step;
}
