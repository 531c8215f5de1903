import type { Executor } from '../../db/client';
import { recordDeed } from '../audit/record';
import type { Caller } from '../deps';

interface StaffDeed {
  action: string;
  accountId: number;
  at: Date;
  data?: Record<string, unknown>;
  /** Project in whose chain it stands; absent: the installation's own. */
  projectId?: number;
}

/** Writes down what was done to a staff account, in the transaction that does it. */
export const recordStaffDeed = (
  tx: Executor,
  { principal, address }: Caller,
  { accountId, projectId = 0, ...deed }: StaffDeed,
): Promise<void> =>
  recordDeed(tx, principal, {
    ...deed,
    projectId,
    subject: { kind: 'staff', id: String(accountId) },
    address: address ?? null,
  });
