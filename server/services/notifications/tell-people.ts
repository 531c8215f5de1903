import { and, eq, gt, inArray, isNull, or } from 'drizzle-orm';
import {
  homeMembers,
  lockGrants,
  locks,
  notificationChoices,
  pushMessages,
  pushSubscriptions,
  userSessions,
  users,
} from '@/drizzle/schema';
import type { Topic } from '../../contracts/notifications';
import type { Executor } from '../../db/client';
import type { Happening } from '../../domain/notify/happenings';
import { type Hearer, whoIsTold } from '../../domain/notify/who-is-told';
import { quotable } from '../../notify/compose';
import { composeLetter } from '../../notify/letter';
import { noticeOf } from '../../notify/notices';
import { send } from '../../notify/send';
import type { Deps } from '../deps';
import { reachedToday } from '../messages/daily-room';
import { isFirst } from '../rates/is-first';

/** How long a push is worth showing; past it the push service drops it too. */
const usefulMs: Record<Topic, number> = {
  opened: 3_600_000,
  refused: 3_600_000,
  jammed: 6 * 3_600_000,
  forced: 6 * 3_600_000,
  unreachable: 3_600_000,
  battery: 24 * 3_600_000,
  member: 24 * 3_600_000,
  support: 24 * 3_600_000,
};
/** A person is told of refusals at a door once in this time. */
const refusedEverySeconds = 60;

type Telling = Pick<Deps, 'clock' | 'messaging' | 'secrets'>;
export interface ToldHome {
  id: number;
  name: string;
  projectId: number;
}

async function hearersOf(tx: Executor, homeId: number) {
  const [people, grants, choices] = await Promise.all([
    tx
      .select({ role: homeMembers.role, user: users })
      .from(homeMembers)
      .innerJoin(users, and(eq(users.id, homeMembers.userId), eq(users.verified, true)))
      .where(eq(homeMembers.homeId, homeId)),
    tx
      .select({ userId: lockGrants.userId, lockId: lockGrants.lockId })
      .from(lockGrants)
      .innerJoin(locks, eq(locks.id, lockGrants.lockId))
      .where(and(eq(locks.homeId, homeId), isNull(lockGrants.revokedAt))),
    tx.select().from(notificationChoices).where(eq(notificationChoices.homeId, homeId)),
  ]);
  return people.map(({ role, user }) => {
    const hearer: Hearer = {
      userId: user.id,
      role,
      lockIds: new Set(grants.filter(({ userId }) => userId === user.id).map(({ lockId }) => lockId)),
      choices: choices.filter(({ userId }) => userId === user.id),
    };
    return { hearer, user };
  });
}

/**
 * Writes what the people of a home are told of happenings, in the caller's transaction: pushes to the browsers of their
 * living sessions, and mails. Who may not see a door now is not told of it.
 */
export async function tellPeople(
  deps: Telling,
  tx: Executor,
  home: ToldHome,
  happenings: readonly Happening[],
): Promise<void> {
  if (happenings.length === 0) return;
  const now = deps.clock.now();
  const lockIds = happenings.map(({ lockId }) => lockId);
  const people = await hearersOf(tx, home.id);
  const doors = await tx
    .select({ id: locks.id, name: locks.name })
    .from(locks)
    .where(and(inArray(locks.id, lockIds), eq(locks.homeId, home.id), isNull(locks.removedAt)));
  const names = new Map(doors.map(({ id, name }) => [id, name]));
  for (const happening of happenings) {
    const { topic, lockId, cause } = happening;
    const door = lockId === 0 ? '' : names.get(lockId);
    if (door === undefined) continue;
    const told = whoIsTold(
      happening,
      people.map(({ hearer }) => hearer),
    );
    for (const { userId, channels } of told) {
      const user = people.find((one) => one.user.id === userId)?.user;
      if (user === undefined) continue;
      const isDue =
        topic !== 'refused' ||
        (await isFirst(tx, `told refused ${userId} ${lockId}`, now, refusedEverySeconds));
      if (!isDue) continue;
      const part = topic === 'support' ? '/activity' : '';
      const path = lockId === 0 ? `/dashboard/homes/${home.id}${part}` : `/dashboard/locks/${lockId}`;
      const usefulUntil = new Date(now.getTime() + usefulMs[topic]);
      if (channels.includes('push')) {
        const { title, body } = noticeOf(happening, { door, home: home.name }, user.language);
        const subscriptions = await livingSubscriptions(tx, userId, now);
        const content = {
          title,
          body,
          path,
          topic,
          tag: `${topic}-${lockId === 0 ? `h${home.id}` : lockId}`,
        };
        if (subscriptions.length > 0)
          await tx
            .insert(pushMessages)
            .values(
              subscriptions.map(({ id }) => ({
                subscriptionId: id,
                cause,
                body: content,
                usefulUntil,
                nextAttemptAt: now,
                createdAt: now,
              })),
            )
            .onConflictDoNothing();
      }
      // A notice that the project may not send today is left out: what it tells of stands in the home's activity.
      const recipient = channels.includes('mail') ? user.email : null;
      if (recipient !== null && (await reachedToday(tx, home.projectId, now)) === undefined) {
        const letter = await composeLetter(tx, home.projectId, topic, user.language, {
          door: quotable(door),
          home: quotable(home.name),
          who: quotable(happening.actor?.name ?? ''),
          count: String(happening.count),
          link: `${deps.messaging.origin}${path}`,
        });
        const to = {
          projectId: home.projectId,
          homeId: home.id,
          channel: 'mail',
          recipient,
        } as const;
        await send(tx, deps, { ...to, ...letter, usefulUntil }, now);
      }
    }
  }
}

/** Browsers of a person whose session is alive. */
const livingSubscriptions = (tx: Executor, userId: number, now: Date) =>
  tx
    .select({ id: pushSubscriptions.id })
    .from(pushSubscriptions)
    .innerJoin(userSessions, eq(userSessions.id, pushSubscriptions.sessionId))
    .where(
      and(
        eq(pushSubscriptions.userId, userId),
        isNull(userSessions.revokedAt),
        or(isNull(userSessions.expiresAt), gt(userSessions.expiresAt, now)),
      ),
    );
