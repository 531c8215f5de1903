import type { Topic } from '../../contracts/notifications';

/** Something people may be told. */
export interface Happening {
  topic: Topic;
  /** 0: the home as a whole. */
  lockId: number;
  /** Names this one for good, whatever is repeated. */
  cause: string;
  /** Who did it, where somebody did; such a person is not told. */
  actor?: { kind: string; id: string; name: string };
  /** How many of one burst it stands for. */
  count: number;
}

/** A line of a home's log, as far as it matters here. */
export interface LogLine {
  position: number;
  topic: string;
  payload: unknown;
}

interface DoorState {
  bolt?: unknown;
  door?: unknown;
  battery?: { level?: unknown } | null;
}

const members = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

function actorIn(value: unknown): Happening['actor'] {
  const { kind, id, name } = members(value);
  return typeof kind === 'string' && typeof id === 'string' && typeof name === 'string'
    ? { kind, id, name }
    : undefined;
}

const isLow = ({ battery }: DoorState): boolean => battery?.level === 'low' || battery?.level === 'critical';
const isCritical = ({ battery }: DoorState): boolean => battery?.level === 'critical';

/** What a door has come to that it was not before; out of reach is judged by time and not here. */
function ofDoor(lockId: number, position: number, now: DoorState, before: DoorState): Happening[] {
  const is = {
    jammed: now.bolt === 'jammed' && before.bolt !== 'jammed',
    forced: now.door === 'forced' && before.door !== 'forced',
    battery: (isLow(now) && !isLow(before)) || (isCritical(now) && !isCritical(before)),
  };
  return (['jammed', 'forced', 'battery'] as const)
    .filter((topic) => is[topic])
    .map((topic) => ({ topic, lockId, cause: `${topic}:${lockId}:${position}`, count: 1 }));
}

function ofLine(
  { position, topic, payload }: LogLine,
  lastDoor: (lockId: number, position: number) => DoorState,
): Happening[] {
  const line = members(payload);
  switch (topic) {
    case 'door': {
      const { lockId } = line;
      return typeof lockId === 'number' ? ofDoor(lockId, position, line, lastDoor(lockId, position)) : [];
    }
    case 'opening': {
      const { lockId, id, status, lateReport } = line;
      const isOpen = status === 'confirmed' || (status === 'expired' && lateReport === true);
      if (!isOpen || typeof lockId !== 'number') return [];
      const actor = actorIn(line.who);
      return [{ topic: 'opened', lockId, cause: `opened:${String(id)}`, count: 1, ...(actor && { actor }) }];
    }
    case 'access': {
      if (line.kind !== 'refusal') return [];
      const { lockId, id, who } = members(line.refusal);
      if (typeof lockId !== 'number') return [];
      const actor = actorIn(who);
      return [
        { topic: 'refused', lockId, cause: `refused:${String(id)}`, count: 1, ...(actor && { actor }) },
      ];
    }
    case 'member': {
      if (line.action !== 'added') return [];
      const { userId, member } = line;
      const name = members(member).name;
      return [
        {
          topic: 'member',
          lockId: 0,
          cause: `member:${position}`,
          count: 1,
          actor: { kind: 'user', id: String(userId), name: typeof name === 'string' ? name : '' },
        },
      ];
    }
    default:
      return [];
  }
}

/**
 * What a stretch of a home's log holds that people may be told, in its order; of one door and topic one happening,
 * which counts the others. `lastDoor` is what a door was before a position.
 */
export function happeningsIn(
  lines: readonly LogLine[],
  lastDoor: (lockId: number, position: number) => DoorState,
): Happening[] {
  const joined = new Map<string, Happening>();
  for (const happening of lines.flatMap((line) => ofLine(line, lastDoor))) {
    const key = `${happening.topic} ${happening.lockId} ${happening.topic === 'member' ? happening.cause : ''}`;
    const before = joined.get(key);
    joined.set(key, { ...happening, count: (before?.count ?? 0) + 1 });
  }
  return [...joined.values()];
}
