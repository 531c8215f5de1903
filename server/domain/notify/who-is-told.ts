import type { Channel } from '../../contracts/notifications';
import type { Happening } from './happenings';
import { type Choice, channelsFor, topicsOf } from './topics';

/** A person of the home, as it is now. */
export interface Hearer {
  userId: number;
  role: 'owner' | 'member' | 'guest';
  /** Doors of a standing grant; of guests alone. */
  lockIds: ReadonlySet<number>;
  choices: readonly Choice[];
}

/**
 * Who is told of a happening, and how: by what they may see now, then by what they chose. Nobody is told what they did
 * themselves.
 */
export function whoIsTold(
  { topic, lockId, actor }: Happening,
  hearers: readonly Hearer[],
): { userId: number; channels: readonly Channel[] }[] {
  return hearers.flatMap((hearer) => {
    const { userId, role, choices } = hearer;
    if (role === 'guest' && !hearer.lockIds.has(lockId)) return [];
    if (!topicsOf(role).includes(topic)) return [];
    if (actor?.kind === 'user' && actor.id === String(userId)) return [];
    const channels = channelsFor(topic, lockId, role, choices);
    return channels.length === 0 ? [] : [{ userId, channels }];
  });
}
