import { and, eq } from 'drizzle-orm';
import { lockKeyCommands } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import type { JsonObject } from '../../domain/json';
import { readKeyReports } from '../../domain/lock/key-command';
import { isOfKey } from './place-change';

/** Takes in what a lock reports of its key commands; those it speaks of are withdrawn by the bridge. */
export async function settleReports(executor: Executor, lockId: number, reported: JsonObject): Promise<void> {
  for (const { id, isDone } of readKeyReports(reported)) {
    await executor
      .update(lockKeyCommands)
      .set(isDone ? { status: 'done' } : { status: 'failed', error: 'LOCK_REFUSED' })
      .where(
        and(
          eq(lockKeyCommands.id, id),
          eq(lockKeyCommands.lockId, lockId),
          eq(lockKeyCommands.status, 'sent'),
          isOfKey,
        ),
      );
  }
}
