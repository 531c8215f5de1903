import { type Transport, TransportError } from './transport';

const answerMostMs = 15_000;

export interface TwilioSettings {
  apiUrl: string;
  accountSid: string;
  authToken: string;
  /** Number of ours, or the sid of a messaging service (`MG…`). */
  from: string;
}

/** Twilio's own code of an error, from the answer; the rest of the answer may quote the message. */
async function codeOf(response: Response): Promise<string> {
  try {
    const { code } = (await response.json()) as { code?: unknown };
    return typeof code === 'number' ? ` (${code})` : '';
  } catch {
    return '';
  }
}

/** SMS by Twilio's REST API (`POST /2010-04-01/Accounts/{sid}/Messages.json`). */
export function twilioTransport({ apiUrl, accountSid, authToken, from }: TwilioSettings): Transport {
  const url = `${apiUrl.replace(/\/+$/, '')}/2010-04-01/Accounts/${encodeURIComponent(accountSid)}/Messages.json`;
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
  const sender: [string, string] = from.startsWith('MG') ? ['MessagingServiceSid', from] : ['From', from];
  return {
    async send({ recipient, body }) {
      let response: Response;
      try {
        response = await fetch(url, {
          method: 'POST',
          headers: { authorization },
          body: new URLSearchParams([['To', recipient], sender, ['Body', body]]),
          redirect: 'error',
          signal: AbortSignal.timeout(answerMostMs),
        });
      } catch (error) {
        const isLate = error instanceof Error && error.name === 'TimeoutError';
        throw new TransportError(isLate ? 'SMS service does not answer' : 'SMS service is away', false);
      }
      if (response.ok) {
        await response.body?.cancel();
        return;
      }
      const { status } = response;
      // 401 and 403 are the account's fault, which an operator mends; the message itself is fine.
      const isFinal = status >= 400 && status < 500 && ![401, 403, 408, 429].includes(status);
      throw new TransportError(`SMS service answered ${status}${await codeOf(response)}`, isFinal);
    },
    close() {},
  };
}
