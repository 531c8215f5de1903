import { notificationChoices } from '@/drizzle/schema';
import { doorTopics, homeTopics, type chooseNotifications as operation } from '../../contracts/notifications';
import type { InputOf } from '../../contracts/operation';
import { Failure, invalidField } from '../../domain/errors';
import { topicsOf } from '../../domain/notify/topics';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { listHomesOf } from './list-homes-of';

/**
 * PUT /userSession/notifications (ours): how the person is told of one topic from now on. Raises `invalid` for homes and
 * doors that the person does not see, existing or not, and for topics that are not to be had there.
 */
export async function chooseNotifications(
  { db }: Pick<Deps, 'db'>,
  { principal }: Pick<Caller, 'principal'>,
  { body }: Pick<InputOf<typeof operation>, 'body'>,
): Promise<undefined> {
  authorise('notifications.choose', principal);
  if (principal.kind !== 'user') throw new Failure('forbidden', { reason: 'PERMISSION_DENIED' });
  const { userId } = principal;
  const { homeId, lockId = 0, topic } = body;
  const home = (await listHomesOf(db, userId)).find(({ id }) => id === homeId);
  if (home === undefined) throw invalidField('homeId', 'there is no such home', 'INVALID_HOME_ID');
  if (lockId !== 0 && !home.doors.some(({ id }) => id === lockId))
    throw invalidField('lockId', 'there is no such door');
  const offered: readonly string[] = lockId === 0 ? [...homeTopics, ...doorTopics] : doorTopics;
  if (!offered.includes(topic) || !topicsOf(home.role).includes(topic))
    throw invalidField('topic', 'is not to be had here');
  const channels = [...new Set(body.channels)];
  await db
    .insert(notificationChoices)
    .values({ userId, homeId, lockId, topic, channels })
    .onConflictDoUpdate({
      target: [
        notificationChoices.userId,
        notificationChoices.homeId,
        notificationChoices.lockId,
        notificationChoices.topic,
      ],
      set: { channels },
    });
  return undefined;
}
