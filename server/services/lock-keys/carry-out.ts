import { and, eq } from 'drizzle-orm';
import { lockKeyCommands } from '@/drizzle/schema';
import type { CommandEnvelope } from '../../contracts/envelope';
import { Failure } from '../../domain/errors';
import { shadowCommand, toLockCommand } from '../../domain/lock/key-command';
import { shadowAnswerMs } from '../../domain/lock/opening';
import type { Deps } from '../deps';
import { answerOf, commandLock } from '../locks/change-lock';
import { lockThing } from '../locks/load-lock';
import { tellShadow } from '../shadows/tell-shadow';
import { changeOf, type KeyCommandRow } from './place-change';

async function fail(
  { db, clock }: Deps,
  id: string,
  error: string,
  mayStandInShadow: boolean,
): Promise<void> {
  await db
    .update(lockKeyCommands)
    .set({ status: 'failed', error, ...(mayStandInShadow ? {} : { withdrawnAt: clock.now() }) })
    .where(and(eq(lockKeyCommands.id, id), eq(lockKeyCommands.status, 'pending')));
}

/** The event and the end of the hand-over in one transaction; raises when somebody has given the change up meanwhile. */
async function recordChange({ db, clock, bus }: Deps, command: KeyCommandRow): Promise<CommandEnvelope> {
  const changed = await db.transaction(async (tx) => {
    const by = { kind: command.principalKind, id: command.principalId, name: command.principalName };
    const done = await commandLock(tx, command.lockId, toLockCommand(changeOf(command)), clock.now(), by);
    const [sent] = await tx
      .update(lockKeyCommands)
      .set({ status: 'sent' })
      .where(and(eq(lockKeyCommands.id, command.id), eq(lockKeyCommands.status, 'pending')))
      .returning({ id: lockKeyCommands.id });
    if (sent === undefined) throw new Failure('device_unreachable');
    return done;
  });
  bus.announce(changed.lines);
  return answerOf(changed);
}

/**
 * Brings a change that was placed into the shadow of its lock and records it. Raises `device_unreachable` when the
 * shadow did not take it: nothing is recorded then, and what may still stand there is withdrawn (lock-api 6.4, 7).
 */
export async function carryOut(
  deps: Deps,
  lockUuid: string,
  command: KeyCommandRow,
): Promise<CommandEnvelope> {
  const body = shadowCommand(changeOf(command), command.createdAt, command.expiresAt);
  const desired = { keyCommands: { [command.id]: body } };
  const token = `${command.id}.${command.attempts}`;
  const answer = await tellShadow(deps, lockThing(lockUuid), { desired }, token, shadowAnswerMs);
  if (answer.kind === 'accepted') {
    try {
      return await recordChange(deps, command);
    } catch (error) {
      await fail(deps, command.id, 'NOT_RECORDED', true);
      throw error;
    }
  }
  if (answer.kind === 'rejected')
    deps.log.warn(
      { lockId: command.lockId, code: answer.code, reply: answer.message },
      'shadow refused a key',
    );
  await fail(deps, command.id, `SHADOW_${answer.kind.toUpperCase()}`, answer.kind === 'silent');
  throw new Failure('device_unreachable');
}
