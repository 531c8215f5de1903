import type { Executor } from '../../db/client';
import type { Caller, Clock, Deps } from '../deps';
import { requireDailyRoom } from '../messages/daily-room';
import { sendingSubject } from '../rates/clear-attempts';
import { countAttempt } from '../rates/count-attempt';

/**
 * Five messages to one address in ten minutes (quality, security values); the sixth raises `rate_limited`, and so does
 * one more than the project may send in a day.
 */
export async function countSending(
  executor: Pick<Executor, 'execute'>,
  clock: Clock,
  projectId: number,
  address: string,
): Promise<void> {
  await countAttempt({ db: executor, clock }, sendingSubject(projectId, address), 5, 600);
  await requireDailyRoom(executor, projectId, clock.now());
}

/** Keeps one caller from having messages sent to many addresses. */
export const countSender = (deps: Pick<Deps, 'db' | 'clock'>, caller: Caller): Promise<void> =>
  countAttempt(deps, `send from ${caller.address ?? ''}`, 60, 600);
