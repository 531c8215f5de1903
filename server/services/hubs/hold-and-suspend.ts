import type { Transaction } from '../../db/client';
import { Failure } from '../../domain/errors';
import { endCommissionings } from '../commissionings/end-commissionings';
import { changeHub, type HubChange } from './change-hub';
import { closeDoors, holdDoorsBehind } from './detach-locks';
import { type HubRow, holdHub } from './load-hub';

async function hold(tx: Transaction, hubId: string): Promise<HubRow> {
  const held = await holdHub(tx, hubId);
  if (held === undefined) throw new Failure('not_found');
  return held;
}

/**
 * Takes the rights of a hub and of the things it speaks for, and ends what runs behind it. Whoever calls has asked the
 * permission table, and announces the lines after commit. Raises `invalid`, `not_found`.
 */
export async function holdAndSuspend(
  tx: Transaction,
  hubId: string,
  { reason, userId }: { reason: string; userId: string },
  at: Date,
): Promise<HubChange> {
  const held = await hold(tx, hubId);
  const doors = await holdDoorsBehind(tx, held.id);
  const change = await changeHub(
    tx,
    held,
    { type: 'SuspendHub', reason, userId },
    { status: 'suspended', suspendedReason: reason },
    { at, needsHub: false },
  );
  if (!change.isChanged) return change;
  await closeDoors(tx, doors, 'HUB_SUSPENDED', at);
  const attempts = await endCommissionings(tx, held.id, 'HUB_SUSPENDED', at);
  return { ...change, lines: [...change.lines, ...attempts] };
}

/** Gives a suspended hub its rights back; the same rules. Raises `invalid`, `not_found`. */
export async function holdAndResume(
  tx: Transaction,
  hubId: string,
  { userId }: { userId: string },
  at: Date,
): Promise<HubChange> {
  const held = await hold(tx, hubId);
  return changeHub(
    tx,
    held,
    { type: 'ResumeHub', userId },
    { status: held.homeId === null ? 'provisioned' : 'claimed', suspendedReason: null },
    { at, needsHub: false },
  );
}
