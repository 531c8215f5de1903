import { eq, sql } from 'drizzle-orm';
import { pushMessages, pushSubscriptions } from '@/drizzle/schema';
import type { Deps } from '../deps';

export interface LeasedPush {
  id: number;
  subscriptionId: string;
  endpoint: string;
  p256dh: string;
  sealedAuth: Buffer;
  body: Record<string, unknown>;
  attempts: number;
  usefulUntil: Date;
}

/** Longer than a try can last. */
const leaseMs = 30_000;
const firstPauseMs = 5_000;
const longestPauseMs = 600_000;

/** Forgets the browsers of sessions that are over, with what still waited for them. */
export async function endDeadSubscriptions({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<void> {
  const now = clock.now().toISOString();
  await db.execute(sql`
    delete from push_subscriptions p where not exists (
      select 1 from user_sessions s where s.id = p.session_id and s.revoked_at is null
        and (s.expires_at is null or s.expires_at > ${now}::timestamptz))`);
}

/** Takes due pushes for this process, those of living sessions alone; a lease that is not finished ends by itself. */
export async function leasePushes(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  most: number,
): Promise<LeasedPush[]> {
  const now = clock.now();
  const at = now.toISOString();
  const until = new Date(now.getTime() + leaseMs).toISOString();
  const rows = await db.execute<{
    id: string;
    subscription: string;
    endpoint: string;
    p256dh: string;
    auth: string;
    body: string;
    attempts: number;
    useful: string;
  }>(sql`
    with due as (
      select m.id from push_messages m join push_subscriptions p on p.id = m.subscription_id
      join user_sessions s on s.id = p.session_id and s.revoked_at is null
        and (s.expires_at is null or s.expires_at > ${at}::timestamptz)
      where m.status = 'waiting' and m.next_attempt_at <= ${at}::timestamptz
        and (m.leased_until is null or m.leased_until < ${at}::timestamptz)
      order by m.next_attempt_at limit ${most} for update of m skip locked)
    update push_messages m set leased_until = ${until}::timestamptz, attempts = attempts + 1
    from due, push_subscriptions p where m.id = due.id and p.id = m.subscription_id
    returning m.id::text, p.id::text as subscription, p.endpoint, p.p256dh, encode(p.sealed_auth, 'base64') as auth,
      m.body::text, m.attempts, m.useful_until::text as useful`);
  return rows.map((row) => ({
    id: Number(row.id),
    subscriptionId: row.subscription,
    endpoint: row.endpoint,
    p256dh: row.p256dh,
    sealedAuth: Buffer.from(row.auth, 'base64'),
    body: JSON.parse(row.body) as Record<string, unknown>,
    attempts: row.attempts,
    usefulUntil: new Date(row.useful),
  }));
}

export type PushOutcome = { status: number } | { error: string; isFinal?: true };

/** Writes what came of a try. A browser that is gone (404, 410; RFC 8030 section 7.3) is forgotten. */
export async function finishPush(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { id, subscriptionId, attempts, usefulUntil }: LeasedPush,
  outcome: PushOutcome,
): Promise<void> {
  const now = clock.now();
  const status = 'status' in outcome ? outcome.status : 0;
  if (status === 404 || status === 410) {
    await db.delete(pushSubscriptions).where(eq(pushSubscriptions.id, subscriptionId));
    return;
  }
  const isSent = status >= 200 && status < 300;
  if (isSent)
    await db
      .update(pushSubscriptions)
      .set({ lastSentAt: now })
      .where(eq(pushSubscriptions.id, subscriptionId));
  const nextAttemptAt = new Date(
    now.getTime() + Math.min(longestPauseMs, firstPauseMs * 3 ** Math.max(0, attempts - 1)),
  );
  const mayComeBack = status === 429 || status >= 500 || ('error' in outcome && outcome.isFinal !== true);
  const isOver = isSent || !mayComeBack || nextAttemptAt >= usefulUntil;
  await db
    .update(pushMessages)
    .set({
      leasedUntil: null,
      lastError: isSent ? null : 'error' in outcome ? outcome.error.slice(0, 300) : `status ${status}`,
      ...(isOver ? { status: isSent ? 'sent' : 'failed' } : { nextAttemptAt }),
    })
    .where(eq(pushMessages.id, id));
}
