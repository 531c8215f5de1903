import type { Language } from '../domain/language';

/** A message on its way out. */
export interface Outgoing {
  id: number;
  recipient: string;
  /** What it is written in; null: not known. */
  language: Language | null;
  subject: string;
  body: string;
}

/** Carries messages of one channel. Resolves when the other side has taken the message. */
export interface Transport {
  send(message: Outgoing): Promise<void>;
  close(): void;
}

/** Raised by a transport. `isFinal`: trying again cannot help. The text holds nothing of the message. */
export class TransportError extends Error {
  override name = 'TransportError';
  constructor(
    message: string,
    readonly isFinal: boolean,
  ) {
    super(message);
  }
}
