import type { Executor } from '../../db/client';
import { lineOfEvent } from '../../domain/audit/of-event';
import { type Actor, addLines } from './add-lines';

/**
 * Records events of an aggregate with whoever gave the command, which the events themselves do not say, in the
 * transaction that appends them; taken in later, they would be nobody's.
 */
export async function recordEvents(
  executor: Pick<Executor, 'execute'>,
  actor: Actor,
  aggregate: {
    aggregateType: string;
    aggregateId: string;
    /** Before these events. */
    version: number;
    projectId: number | null;
    homeId: number | null;
  },
  events: readonly { type: string; data: object }[],
  at: Date,
): Promise<void> {
  const { projectId, homeId, version, ...named } = aggregate;
  const lines = events.map(({ type, data }, index) => ({
    ...lineOfEvent({ ...named, version: version + index + 1, type, data: data as Record<string, unknown> }),
    projectId: projectId ?? 0,
    homeId,
    actor,
    at,
  }));
  await addLines(executor, lines);
}
