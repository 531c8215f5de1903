import { randomUUID } from 'node:crypto';
import { and, desc, eq, inArray } from 'drizzle-orm';
import { pushSubscriptions } from '@/drizzle/schema';
import type { subscribeToPush as operation } from '../../contracts/notifications';
import type { InputOf } from '../../contracts/operation';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import { noSession } from '../../domain/principal';
import type { Caller, Deps } from '../deps';

/** Browsers of one person that are told; the oldest makes room. */
const browsersMost = 20;

/**
 * PUT /userSession/push (ours): the browser of this session is told from now on. One endpoint is one browser: whoever
 * subscribed with it before is not told there any more. Ends with the session. Raises `forbidden` without a session.
 */
export async function subscribeToPush(
  { db, clock, secrets }: Pick<Deps, 'db' | 'clock' | 'secrets'>,
  { principal }: Pick<Caller, 'principal'>,
  { body }: Pick<InputOf<typeof operation>, 'body'>,
): Promise<undefined> {
  authorise('notifications.subscribe', principal);
  if (principal.kind !== 'user' || principal.sessionId === noSession)
    throw new Failure('forbidden', { reason: 'PERMISSION_DENIED' });
  const { userId, sessionId } = principal;
  const { endpoint, keys } = body;
  await db.transaction(async (tx) => {
    await tx.delete(pushSubscriptions).where(eq(pushSubscriptions.endpoint, endpoint));
    const others = await tx
      .select({ id: pushSubscriptions.id })
      .from(pushSubscriptions)
      .where(eq(pushSubscriptions.userId, userId))
      .orderBy(desc(pushSubscriptions.createdAt));
    const old = others.slice(browsersMost - 1).map(({ id }) => id);
    if (old.length > 0) await tx.delete(pushSubscriptions).where(inArray(pushSubscriptions.id, old));
    await tx.insert(pushSubscriptions).values({
      id: randomUUID(),
      userId,
      sessionId,
      endpoint,
      p256dh: keys.p256dh,
      sealedAuth: secrets.seal(Buffer.from(keys.auth, 'base64url')),
      createdAt: clock.now(),
    });
  });
  return undefined;
}

/** DELETE /userSession/push (ours): the browsers of this session are told no more. */
export async function unsubscribeFromPush(
  { db }: Pick<Deps, 'db'>,
  { principal }: Pick<Caller, 'principal'>,
): Promise<undefined> {
  authorise('notifications.unsubscribe', principal);
  if (principal.kind !== 'user') throw new Failure('forbidden', { reason: 'PERMISSION_DENIED' });
  const { userId, sessionId } = principal;
  await db
    .delete(pushSubscriptions)
    .where(and(eq(pushSubscriptions.userId, userId), eq(pushSubscriptions.sessionId, sessionId)));
  return undefined;
}
