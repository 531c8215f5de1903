import type { openings } from '@/drizzle/schema';
import type { LockFacts } from '../../contracts/lock-history';
import type { DoorReport, OpeningView } from '../../contracts/locks';
import { toTimestamp } from '../../contracts/values';
import type { LockRow } from './load-lock';

export type OpeningRow = typeof openings.$inferSelect;

const when = <Name extends string>(name: Name, date: Date | null) =>
  (date === null ? {} : { [name]: toTimestamp(date) }) as { [Key in Name]?: string };
const given = <Name extends string>(name: Name, value: string | null) =>
  (value === null ? {} : { [name]: value }) as { [Key in Name]?: string };

/** An opening as the members of its home see it. */
export const toOpening = (row: OpeningRow): OpeningView => ({
  id: row.id,
  lockId: row.lockId,
  status: row.status,
  who: { kind: row.principalKind, id: row.principalId, name: row.principalName },
  via: row.via,
  ...given('requestId', row.requestId),
  ...given('reason', row.reason),
  ...given('gesture', row.gesture),
  createdAt: toTimestamp(row.createdAt),
  ...when('sentAt', row.sentAt),
  ...when('acceptedAt', row.acceptedAt),
  ...when('outcomeAt', row.outcomeAt),
  expiresAt: toTimestamp(row.expiresAt),
  ...given('joined', row.joined),
  ...given('error', row.error),
  lateReport: row.lateReport,
});

/** What a lock tells of itself beside its state. */
export const toLockFacts = ({ features, attestation, alarm }: LockRow): LockFacts => ({
  ...(features === null ? {} : { features: [...features] }),
  ...(attestation === null ? {} : { attestation }),
  ...(alarm === null ? {} : { alarm }),
});

/** What a lock last said of itself. */
export const toDoorReport = (
  row: Omit<LockRow, 'battery'> & { battery: LockRow['battery'] },
): DoorReport => ({
  lockId: row.id,
  bolt: row.bolt,
  door: row.door,
  ...(row.battery === null ? {} : { battery: row.battery }),
  ...(row.reachable === null ? {} : { reachable: row.reachable }),
  ...when('reachableSince', row.reachableSince),
  ...when('reportedAt', row.reportedAt),
});
