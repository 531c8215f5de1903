import { and, eq } from 'drizzle-orm';
import { notificationChoices, pushSubscriptions, users } from '@/drizzle/schema';
import { doorTopics, homeTopics, type getNotifications as operation } from '../../contracts/notifications';
import type { OutputOf } from '../../contracts/operation';
import { Failure } from '../../domain/errors';
import { channelsFor, topicsOf } from '../../domain/notify/topics';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { listHomesOf } from './list-homes-of';
import { vapidKeys } from './vapid-keys';

/** GET /userSession/notifications (ours): every home and door that the person may see now, and what is chosen there. */
export async function getNotifications(
  { db, secrets }: Pick<Deps, 'db' | 'secrets'>,
  { principal }: Pick<Caller, 'principal'>,
): Promise<OutputOf<typeof operation>> {
  authorise('notifications.get', principal);
  if (principal.kind !== 'user') throw new Failure('forbidden', { reason: 'PERMISSION_DENIED' });
  const { userId, sessionId } = principal;
  const [homes, choices, subscriptions, [user]] = await Promise.all([
    listHomesOf(db, userId),
    db.select().from(notificationChoices).where(eq(notificationChoices.userId, userId)),
    db
      .select({ id: pushSubscriptions.id })
      .from(pushSubscriptions)
      .where(and(eq(pushSubscriptions.userId, userId), eq(pushSubscriptions.sessionId, sessionId))),
    db.select({ email: users.email }).from(users).where(eq(users.id, userId)),
  ]);
  return {
    homes: homes.map(({ id, name, role, doors }) => {
      const own = choices.filter(({ homeId }) => homeId === id);
      const open = topicsOf(role);
      const at = (lockId: number, all: readonly (typeof open)[number][]) =>
        all
          .filter((topic) => open.includes(topic))
          .map((topic) => ({
            topic,
            channels: [...channelsFor(topic, lockId, role, own)],
            isDefault: !own.some((choice) => choice.lockId === lockId && choice.topic === topic),
          }));
      return {
        homeId: id,
        name,
        topics: at(0, homeTopics),
        doors: doors.map((door) => ({
          lockId: door.id,
          name: door.name,
          topics: at(door.id, doorTopics),
        })),
      };
    }),
    pushKey: vapidKeys(secrets).publicKey,
    ...(user?.email == null ? {} : { mail: user.email }),
    isSubscribed: subscriptions.length > 0,
  };
}
