import nodemailer from 'nodemailer';
import { mailHtml } from '../domain/notify/mail-html';
import { type Transport, TransportError } from './transport';

/** Below the lease of a message, so that a silent server never makes a second sender start. */
const silenceMostMs = 20_000;

interface SmtpFailure {
  responseCode?: unknown;
  code?: unknown;
}

/** What went wrong, without the text of the mail: the server's code or the socket's. */
function toTransportError(error: unknown): TransportError {
  const { responseCode, code } = (error ?? {}) as SmtpFailure;
  if (typeof responseCode === 'number') {
    // 535 and its like are the account's fault, which an operator mends; the mail itself is fine.
    const isAccount = code === 'EAUTH' || responseCode === 530;
    return new TransportError(`SMTP ${responseCode}`, responseCode >= 500 && !isAccount);
  }
  return new TransportError(`SMTP ${typeof code === 'string' ? code : 'failure'}`, code === 'EENVELOPE');
}

/**
 * Mails by SMTP, as text and as HTML. `url`: `smtp://user:password@host:port`; `from`: sender as RFC 5322 writes it;
 * `origin`: where links of ours begin.
 */
export function smtpTransport(url: string, from: string, origin: string): Transport {
  const mailer = nodemailer.createTransport({
    url,
    pool: true,
    maxConnections: 3,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: silenceMostMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const host = /@([^\s>]+)/.exec(from)?.[1] ?? 'localhost';
  return {
    async send({ id, recipient, language, subject, body }) {
      try {
        await mailer.sendMail({
          from,
          // An object, so that no character of an address is read as a second one.
          to: { name: '', address: recipient },
          subject,
          text: body,
          html: mailHtml({ subject, body, language }, origin),
          // The same for every try: a mailbox that gets it twice shows it once.
          messageId: `<message-${id}@${host}>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
        });
      } catch (error) {
        throw toTransportError(error);
      }
    },
    close: () => mailer.close(),
  };
}
