import type { Executor } from '../../db/client';
import { type HomeEvent, record } from '../../event-store/outbox';

/** What listeners of a home are told when a right at its doors changes: that it did, and never a label or a secret. */
export interface AccessLineOf {
  kind: 'grant' | 'link' | 'pin';
  action: 'created' | 'changed' | 'revoked';
  id: string;
  lockIds: readonly number[];
  userId?: number;
}

/** Writes a line about rights into the home's log; nothing for locks that stand in no home. */
export const recordAccess = async (
  executor: Executor,
  homeId: number | null,
  line: AccessLineOf,
): Promise<HomeEvent | undefined> => (homeId === null ? undefined : record(executor, homeId, 'access', line));
