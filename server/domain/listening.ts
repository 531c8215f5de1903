import type { LiveTopic } from '../contracts/realtime';

/** What somebody may hear of a home. */
export type ListeningRight =
  | { kind: 'all' }
  /** A guest: of doors those of a grant, of openings its own. */
  | { kind: 'guest'; userId: number; lockIds: ReadonlySet<number> };

interface Line {
  topic: LiveTopic;
  payload: unknown;
}

const lockIdOf = (payload: unknown): unknown => (payload as { lockId?: unknown } | null)?.lockId;

/** Whether a line of a home's log is for somebody with this right. */
export function hears(right: ListeningRight, { topic, payload }: Line): boolean {
  if (right.kind === 'all') return true;
  switch (topic) {
    case 'door':
      return right.lockIds.has(lockIdOf(payload) as number);
    case 'opening': {
      const { who } = payload as { who?: { kind?: unknown; id?: unknown } };
      return (
        right.lockIds.has(lockIdOf(payload) as number) &&
        who?.kind === 'user' &&
        who.id === String(right.userId)
      );
    }
    case 'access':
    case 'hub':
    case 'commissioning':
    case 'view':
      return false;
    default:
      return true;
  }
}
