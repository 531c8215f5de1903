import { type Channel, channels, type Topic, topics } from '../../contracts/notifications';

/** What reaches somebody who has chosen nothing: what must be looked at, and nothing that happens every day. */
export const defaultChannels: Readonly<Record<Topic, readonly Channel[]>> = {
  opened: [],
  refused: [],
  jammed: ['push'],
  forced: ['push'],
  unreachable: ['push'],
  battery: ['push'],
  member: [],
  support: ['mail'],
};

/** One choice of a person; `lockId` 0 is the home as a whole. */
export interface Choice {
  lockId: number;
  topic: string;
  channels: readonly string[];
}

const isChannel = (value: string): value is Channel => channels.some((channel) => channel === value);

/** How somebody is told of a topic at a door: the door's own choice, the home's, or the default. */
export function channelsFor(
  topic: Topic,
  lockId: number,
  role: 'owner' | 'member' | 'guest',
  choices: readonly Choice[],
): readonly Channel[] {
  const of = (id: number) => choices.find((choice) => choice.lockId === id && choice.topic === topic);
  const chosen = of(lockId) ?? of(0);
  if (chosen !== undefined) return chosen.channels.filter(isChannel);
  return role === 'guest' ? [] : defaultChannels[topic];
}

/**
 * Who opened a door and who was refused is for those who may read its whole log, its state for all who see it; what
 * support did is for owners.
 */
export function topicsOf(role: 'owner' | 'member' | 'guest'): readonly Topic[] {
  switch (role) {
    case 'owner':
      return topics;
    case 'member':
      return topics.filter((topic) => topic !== 'support');
    case 'guest':
      return ['jammed', 'forced', 'unreachable', 'battery'];
  }
}
