import type { OutgoingEvent } from '../../contracts/devices';
import type { Executor } from '../../db/client';
import type { HomeEvent } from '../../event-store/outbox';
import { writeEvents } from './write-events';

/**
 * Writes one event in the caller's transaction: the home's line, the history and the deliveries of webhooks. The caller
 * announces what is returned after commit. Undefined when the home is gone or switched off.
 */
export async function recordEvent(
  executor: Executor,
  event: OutgoingEvent,
  dataText?: string,
): Promise<HomeEvent | undefined> {
  const [line] = await writeEvents(executor, [{ event, dataText }]);
  return line;
}
