import { messages } from '@/drizzle/schema';
import type { Executor } from '../db/client';
import type { Language } from '../domain/language';
import type { Messaging, Sealer } from './messaging';

export interface Message {
  projectId: number;
  channel: 'mail' | 'sms';
  recipient: string;
  /** The home that it is about; absent: an account. */
  homeId?: number;
  language?: Language;
  subject: string;
  body: string;
  /** Past this it is not worth sending. */
  usefulUntil?: Date;
}

/**
 * Hands a message over in the caller's transaction, so that it leaves exactly if the change it tells of is made; the
 * bridge carries it. Without a transport it is kept and read by `admin messages list`.
 */
export async function send(
  executor: Pick<Executor, 'insert'>,
  { messaging, secrets }: { messaging: Messaging; secrets: Pick<Sealer, 'seal'> },
  { body, ...message }: Message,
  now: Date,
): Promise<void> {
  const isCarried = message.channel === 'mail' ? messaging.hasMail : messaging.hasSms;
  await executor.insert(messages).values({
    ...message,
    createdAt: now,
    nextAttemptAt: now,
    ...(isCarried
      ? { status: 'waiting', body: '', sealedBody: secrets.seal(Buffer.from(body)) }
      : { status: 'kept', body }),
  });
}
