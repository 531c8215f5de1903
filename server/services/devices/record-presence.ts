import type { Executor } from '../../db/client';
import { type HomeEvent, record } from '../../event-store/outbox';

/**
 * Tells the pages of a home that one of its devices came, went or was renamed, in the caller's transaction; apps hear
 * events alone and are told nothing. The device's row is held before its home's, here and everywhere.
 */
export const recordPresence = (
  executor: Executor,
  homeId: number,
  deviceId: number,
  change: 'added' | 'changed' | 'removed',
): Promise<HomeEvent | undefined> => record(executor, homeId, 'presence', { deviceId, change });
