import { and, asc, eq, inArray, isNull, lte, ne, notExists, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { homes, lockKeyCommands, lockPins, locks } from '@/drizzle/schema';
import type { Moment } from '../../db/any-rows';
import type { Database } from '../../db/client';
import { isDuplicate } from '../../db/errors';
import { zoneOf } from '../../domain/access/zone';
import { shadowAnswerMs } from '../../domain/lock/opening';
import { desiredPin, pinLifeMs, scheduleOf } from '../../domain/lock/pin';
import { nextInTurn } from '../../domain/lock/pin-life';
import type { Deps } from '../deps';
import { lockThing } from '../locks/load-lock';
import { tellShadow } from '../shadows/tell-shadow';
import { pinKinds, wantedWindow } from './place-command';
import type { PinCommandRow } from './view';

/** What the shadow did not take is offered again so much later. */
const againMs = 1_000;

interface Sending {
  command: PinCommandRow;
  uuid: string;
  name: string;
  zone: string;
}

const isPin = inArray(lockKeyCommands.kind, pinKinds);
const toKind = ({ kind }: PinCommandRow) => (kind === 'set-pin' ? 'set-pin' : 'clear-pin');

/** Takes the command whose turn it is, when none stands in the lock's shadow. */
async function take({ db, clock }: Deps, lockId: number): Promise<Sending | undefined> {
  return db.transaction(async (tx) => {
    const [held] = await tx.select().from(locks).where(eq(locks.id, lockId)).for('update');
    if (held === undefined || held.removedAt !== null) return undefined;
    const open = await tx
      .select()
      .from(lockKeyCommands)
      .where(and(eq(lockKeyCommands.lockId, lockId), isPin, isNull(lockKeyCommands.withdrawnAt)))
      .orderBy(asc(lockKeyCommands.createdAt), asc(lockKeyCommands.id));
    if (open.some(({ status }) => status !== 'queued')) return undefined;
    const now = clock.now();
    const queue = open.map((row) => ({ kind: toKind(row), dueAt: row.dueAt }) as const);
    const command = open[nextInTurn(queue, held.reachable, now)];
    if (command === undefined) return undefined;
    const [pin] = await tx
      .select({ name: lockPins.name })
      .from(lockPins)
      .where(eq(lockPins.id, command.keyUuid));
    const [home] =
      held.homeId === null
        ? []
        : await tx.select({ timezone: homes.timezone }).from(homes).where(eq(homes.id, held.homeId));
    const sent = {
      status: 'sent' as const,
      attempts: command.attempts + 1,
      // A removal waits for its turn as long as it must; its time begins when it is sent.
      ...(command.kind === 'clear-pin' ? { expiresAt: new Date(now.getTime() + pinLifeMs) } : {}),
    };
    await tx.update(lockKeyCommands).set(sent).where(eq(lockKeyCommands.id, command.id));
    return {
      command: { ...command, ...sent },
      uuid: held.uuid,
      name: pin?.name ?? '',
      zone: zoneOf(home?.timezone).zone,
    };
  });
}

/**
 * Brings the next command about a code into the shadow of its lock; one at a time stands there. What the shadow did not
 * take waits for another turn; where it did not answer, the command may stand there, and comes to its end by its expiry.
 */
export async function sendNextPin(deps: Deps, lockId: number): Promise<void> {
  let sending: Sending | undefined;
  try {
    sending = await take(deps, lockId);
  } catch (error) {
    // Another process was quicker.
    if (isDuplicate(error)) return;
    throw error;
  }
  if (sending === undefined) return;
  const { command, uuid, name, zone } = sending;
  const kind = toKind(command);
  const desired = desiredPin({
    id: command.id,
    kind,
    slot: command.indexNumber,
    ...(kind === 'set-pin' && {
      name,
      pin: command.sealedPin ?? undefined,
      schedule: scheduleOf(wantedWindow(command), command.createdAt),
      timezone: zone,
    }),
    issuedAt: command.createdAt,
    expiresAt: command.expiresAt,
  });
  const token = `${command.id}.${command.attempts}`;
  const answer = await tellShadow(
    deps,
    lockThing(uuid),
    { desired: { pin: desired } },
    token,
    shadowAnswerMs,
  );
  if (answer.kind === 'accepted' || answer.kind === 'silent') return;
  if (answer.kind === 'rejected')
    deps.log.warn({ lockId, code: answer.code, reply: answer.message }, 'shadow refused a code');
  await deps.db
    .update(lockKeyCommands)
    .set({
      status: 'queued',
      attempts: command.attempts - 1,
      dueAt: new Date(deps.clock.now().getTime() + againMs),
    })
    .where(and(eq(lockKeyCommands.id, command.id), eq(lockKeyCommands.status, 'sent')));
}

/** Locks where something is due that can be sent: nothing stands in the shadow, and a removal has a lock that answers. */
export const locksInTurn = (db: Database, now: Moment, limit = 50) => {
  const standing = alias(lockKeyCommands, 'standing');
  return db
    .selectDistinct({ lockId: lockKeyCommands.lockId })
    .from(lockKeyCommands)
    .innerJoin(locks, eq(locks.id, lockKeyCommands.lockId))
    .where(
      and(
        eq(lockKeyCommands.status, 'queued'),
        isPin,
        lte(lockKeyCommands.dueAt, now),
        or(eq(lockKeyCommands.kind, 'set-pin'), sql`${locks.reachable} is distinct from false`),
        notExists(
          db
            .select({ id: standing.id })
            .from(standing)
            .where(
              and(
                eq(standing.lockId, lockKeyCommands.lockId),
                inArray(standing.kind, pinKinds),
                ne(standing.status, 'queued'),
                isNull(standing.withdrawnAt),
              ),
            ),
        ),
      ),
    )
    .limit(limit);
};

/** Sends what is due at every lock; one that fails keeps no other waiting. */
export async function sendDuePins(deps: Deps, limit?: number): Promise<void> {
  for (const { lockId } of await locksInTurn(deps.db, deps.clock.now(), limit))
    await sendNextPin(deps, lockId).catch((error: unknown) =>
      deps.log.warn({ err: error, lockId }, 'a code will be sent later'),
    );
}
