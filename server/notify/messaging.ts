import type { Config } from '../config';

/** Encrypts what must be read again: AES-GCM with the installation's key. */
export interface Sealer {
  seal(plain: Buffer): Buffer;
  open(sealed: Buffer): Buffer;
}

/** What a writer of messages must know: where links lead, and whether somebody will carry them. */
export interface Messaging {
  /** Origin that links start with, without a slash at the end. */
  origin: string;
  /** A mail server is set; without one mails are kept. */
  hasMail: boolean;
  /** An SMS service is set; without one texts are kept. */
  hasSms: boolean;
}

/** Messaging as the settings say. */
export function messagingOf(
  config: Pick<Config, 'PUBLIC_URL' | 'PORT' | 'SMTP_URL' | 'TWILIO_ACCOUNT_SID'>,
): Messaging {
  return {
    origin: (config.PUBLIC_URL ?? `http://localhost:${config.PORT}`).replace(/\/+$/, ''),
    hasMail: config.SMTP_URL !== undefined,
    hasSms: config.TWILIO_ACCOUNT_SID !== undefined,
  };
}
