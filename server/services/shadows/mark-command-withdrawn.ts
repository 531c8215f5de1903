import type { Executor } from '../../db/client';
import { markCommissioningWithdrawn } from '../commissionings/mark-withdrawn';
import { markPinWithdrawn } from '../lock-pins/expire-pins';
import type { EndedCommand } from '../openings/commands-to-withdraw';
import { markWithdrawn } from '../openings/mark-withdrawn';

/** The command stands in no shadow any more; of a hub's plain command nobody keeps a row. */
export async function markCommandWithdrawn(
  executor: Executor,
  { id, of }: EndedCommand,
  now: Date,
): Promise<void> {
  if (of === 'opening') await markWithdrawn(executor, id, now);
  if (of === 'pin') await markPinWithdrawn(executor, id, now);
  if (of === 'commissioning') await markCommissioningWithdrawn(executor, id, now);
}
