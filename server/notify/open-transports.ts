import type { Config } from '../config';
import { messagingOf } from './messaging';
import { smtpTransport } from './smtp';
import type { Transport } from './transport';
import { twilioTransport } from './twilio';

/** Transports by channel; a channel without one keeps its messages. */
export interface Transports {
  mail?: Transport;
  sms?: Transport;
}

/** Transports as the settings say. Nothing connects before the first message. */
export function openTransports(
  config: Pick<
    Config,
    | 'PUBLIC_URL'
    | 'PORT'
    | 'SMTP_URL'
    | 'MAIL_FROM'
    | 'TWILIO_ACCOUNT_SID'
    | 'TWILIO_AUTH_TOKEN'
    | 'TWILIO_FROM'
    | 'TWILIO_API_URL'
  >,
): Transports {
  const { SMTP_URL: smtpUrl, TWILIO_ACCOUNT_SID: accountSid } = config;
  const { TWILIO_AUTH_TOKEN: authToken, TWILIO_FROM: smsFrom } = config;
  const host = config.PUBLIC_URL === undefined ? 'localhost' : new URL(config.PUBLIC_URL).hostname;
  const from = config.MAIL_FROM ?? `Latchkey <no-reply@${host}>`;
  return {
    ...(smtpUrl === undefined ? {} : { mail: smtpTransport(smtpUrl, from, messagingOf(config).origin) }),
    ...(accountSid === undefined || authToken === undefined || smsFrom === undefined
      ? {}
      : {
          sms: twilioTransport({ apiUrl: config.TWILIO_API_URL, accountSid, authToken, from: smsFrom }),
        }),
  };
}
