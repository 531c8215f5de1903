import { randomUUID } from 'node:crypto';
import { and, eq, inArray, isNotNull } from 'drizzle-orm';
import { lockKeyCommands } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import type { Window } from '../../domain/access/window';
import type { SealedPin } from '../../domain/hub/sealed-pin';
import { pinLifeMs } from '../../domain/lock/pin';
import type { Actor } from '../audit/add-lines';
import type { PinCommandRow, PinRow } from './view';

/** Commands about codes among those about keys. */
export const pinKinds: ('set-pin' | 'clear-pin')[] = ['set-pin', 'clear-pin'];

export interface PlacedCommand {
  /** Given when its digits were sealed for this command. */
  id?: string;
  kind: 'set-pin' | 'clear-pin';
  slot: number | null;
  window?: Window;
  sealedPin?: SealedPin | undefined;
  attempts?: number;
  dueAt?: Date;
}

const toStored = (window: Window): NonNullable<PinCommandRow['wanted']> => ({
  ...(window.validFrom === null ? {} : { validFrom: window.validFrom.toISOString() }),
  ...(window.validUntil === null ? {} : { validUntil: window.validUntil.toISOString() }),
  ...(window.weekdays === null ? {} : { weekdays: window.weekdays }),
  ...(window.fromMinute === null ? {} : { fromMinute: window.fromMinute }),
  ...(window.untilMinute === null ? {} : { untilMinute: window.untilMinute }),
});

/** The window that a command is to bring about. */
export const wantedWindow = ({ wanted }: Pick<PinCommandRow, 'wanted'>): Window => ({
  validFrom: wanted?.validFrom === undefined ? null : new Date(wanted.validFrom),
  validUntil: wanted?.validUntil === undefined ? null : new Date(wanted.validUntil),
  weekdays: wanted?.weekdays ?? null,
  fromMinute: wanted?.fromMinute ?? null,
  untilMinute: wanted?.untilMinute ?? null,
});

/**
 * Writes down what a lock is to be told of a code; it waits there for its turn. Of removals that came to nothing the last
 * one is kept. The caller holds the lock's row.
 */
export async function placePinCommand(
  executor: Executor,
  pin: Pick<PinRow, 'id' | 'lockId'>,
  command: PlacedCommand,
  by: Actor,
  now: Date,
): Promise<void> {
  if (command.kind === 'clear-pin')
    await executor
      .delete(lockKeyCommands)
      .where(
        and(
          eq(lockKeyCommands.lockId, pin.lockId),
          eq(lockKeyCommands.keyUuid, pin.id),
          eq(lockKeyCommands.kind, 'clear-pin'),
          eq(lockKeyCommands.status, 'failed'),
          isNotNull(lockKeyCommands.withdrawnAt),
        ),
      );
  await executor.insert(lockKeyCommands).values({
    id: command.id ?? randomUUID(),
    lockId: pin.lockId,
    kind: command.kind,
    keyUuid: pin.id,
    indexNumber: command.slot,
    wanted: command.window === undefined ? null : toStored(command.window),
    sealedPin: command.sealedPin ?? null,
    principalKind: by.kind,
    principalId: by.id,
    principalName: by.name,
    status: 'queued',
    attempts: command.attempts ?? 0,
    dueAt: command.dueAt ?? now,
    createdAt: now,
    expiresAt: new Date(now.getTime() + pinLifeMs),
  });
}

/** Commands about a code that nobody has sent are dropped; what was sent comes to its own end. */
export async function dropQueued(
  executor: Executor,
  pin: Pick<PinRow, 'id' | 'lockId'>,
  now: Date,
): Promise<void> {
  await executor
    .update(lockKeyCommands)
    .set({ status: 'failed', error: 'DROPPED', sealedPin: null, withdrawnAt: now })
    .where(
      and(
        eq(lockKeyCommands.lockId, pin.lockId),
        eq(lockKeyCommands.keyUuid, pin.id),
        inArray(lockKeyCommands.kind, pinKinds),
        eq(lockKeyCommands.status, 'queued'),
      ),
    );
}
