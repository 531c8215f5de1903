import type { lockHistory } from '@/drizzle/schema';
import type { ActivityEntry } from '../../contracts/activity';
import type { LockOperation } from '../../contracts/lock-operation';
import { toTimestamp } from '../../contracts/values';
import { alarmOf } from '../../domain/lock/history';

/** What a lock told as a line of the activity. */
export function toToldEntry(
  { id, lockId, at, kind, value }: typeof lockHistory.$inferSelect,
  lockName: string,
): Extract<ActivityEntry, { kind: 'operation' | 'alarm' }> {
  const place = { id: `h${id}`, lockId, lockName, createdAt: toTimestamp(at) };
  return kind === 'operation'
    ? { ...(value as LockOperation), ...place, kind }
    : { ...place, kind: 'alarm', alarm: alarmOf(value) };
}
