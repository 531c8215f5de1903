import { eq, sql } from 'drizzle-orm';
import { messages } from '@/drizzle/schema';
import type { Database } from '../db/client';
import type { Language } from '../domain/language';
import type { Sealer } from './messaging';
import type { Transports } from './open-transports';
import { TransportError } from './transport';

/** Longer than any transport takes, so that a message that is still being sent is never sent by a second bridge. */
const leaseMs = 180_000;
const firstPauseMs = 5_000;
const longestPauseMs = 15 * 60_000;
/** A message whose code or link never expires is given up after a day. */
const patienceMs = 24 * 3_600_000;

export interface CarryDeps {
  db: Database;
  clock: { now(): Date };
  secrets: Pick<Sealer, 'open'>;
  log: { info(data: object, text: string): void; warn(data: object, text: string): void };
}

interface Leased {
  id: string;
  channel: 'mail' | 'sms';
  recipient: string;
  language: Language | null;
  subject: string;
  body: string;
  sealed: string | null;
  attempts: number;
  useful_until: string | null;
  created_at: string;
}

async function lease({ db, clock }: CarryDeps, channels: readonly string[], most: number): Promise<Leased[]> {
  const now = clock.now();
  const until = new Date(now.getTime() + leaseMs);
  return db.execute<Leased & Record<string, unknown>>(sql`
    update messages set leased_until = ${until.toISOString()}::timestamptz, attempts = attempts + 1
    where id in (
      select id from messages
      where status = 'waiting' and next_attempt_at <= ${now.toISOString()}::timestamptz
        and (leased_until is null or leased_until < ${now.toISOString()}::timestamptz)
        and channel in (select jsonb_array_elements_text(${JSON.stringify(channels)}::text::jsonb))
      order by next_attempt_at limit ${most} for update skip locked)
    returning id::text, channel, recipient, language, subject, body, encode(sealed_body, 'base64') as sealed, attempts,
      useful_until::text, created_at::text`);
}

/** How long to wait after the n-th try in vain. */
export const pauseAfter = (attempts: number): number =>
  Math.min(longestPauseMs, firstPauseMs * 3 ** Math.max(0, attempts - 1));

async function carry(deps: CarryDeps, transports: Transports, message: Leased): Promise<void> {
  const { db, clock, log, secrets } = deps;
  const id = Number(message.id);
  const row = eq(messages.id, id);
  const finish = (status: 'sent' | 'failed', lastError: string | null) =>
    db
      .update(messages)
      .set({ status, lastError, body: '', sealedBody: null, leasedUntil: null, finishedAt: clock.now() })
      .where(row);
  const usefulUntil =
    message.useful_until === null
      ? new Date(message.created_at).getTime() + patienceMs
      : new Date(message.useful_until).getTime();
  if (clock.now().getTime() >= usefulUntil) {
    await finish('failed', 'not sent in time');
    log.warn({ messageId: id }, 'a message was given up');
    return;
  }
  try {
    const transport = transports[message.channel];
    if (transport === undefined) throw new TransportError('no transport', false);
    const { recipient, language, subject } = message;
    const body =
      message.sealed === null ? message.body : secrets.open(Buffer.from(message.sealed, 'base64')).toString();
    await transport.send({ id, recipient, language, subject, body });
  } catch (error) {
    const { message: text, isFinal } =
      error instanceof TransportError ? error : { message: 'cannot be read', isFinal: true };
    log.warn(
      { messageId: id, channel: message.channel, attempts: message.attempts, reason: text },
      'not sent',
    );
    if (isFinal) await finish('failed', text);
    else {
      const nextAttemptAt = new Date(clock.now().getTime() + pauseAfter(message.attempts));
      await db.update(messages).set({ lastError: text, leasedUntil: null, nextAttemptAt }).where(row);
    }
    return;
  }
  await finish('sent', null);
  log.info({ messageId: id, channel: message.channel }, 'message sent');
}

/**
 * Sends what waits and is due, some side by side. A message is leased first and marked when the other side has taken it:
 * after a crash in between it leaves once more, under the same message id. Returns how many were tried.
 */
export async function carryDue(deps: CarryDeps, transports: Transports, most = 5): Promise<number> {
  const channels = (['mail', 'sms'] as const).filter((channel) => transports[channel] !== undefined);
  if (channels.length === 0) return 0;
  const due = await lease(deps, channels, most);
  const outcomes = await Promise.allSettled(due.map((message) => carry(deps, transports, message)));
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  return due.length;
}
