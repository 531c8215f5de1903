import type { ActivityEntry } from '../../contracts/activity';
import { isoInZone } from '../../domain/activity/calendar';
import { csvRecord } from '../../domain/activity/csv';
import { openingOutcome } from '../../domain/lock/outcome';
import type { Deps } from '../deps';
import type { LinePlace } from './find-lines';
import { type ActivityScope, readActivity } from './read-activity';
import { type ActivityQuery, readFilter } from './read-filter';

const pageSize = 500;

const columns = [
  'time',
  'door',
  'who',
  'as',
  'how',
  'outcome',
  'why',
  'sent',
  'accepted',
  'ended',
  'request id',
  'reason',
] as const;

/** The code that was typed: its name where it is one of ours. */
const codeOf = ({ codeName, slot }: { codeName?: string | undefined; slot?: number | undefined }): string =>
  codeName ?? (slot === undefined ? '' : `code ${slot}`);

function fieldsOf(entry: ActivityEntry, { zone, withAddresses }: ActivityScope): string[] {
  const when = (at: string | undefined) => (at === undefined ? '' : isoInZone(new Date(at), zone));
  const isOpening = entry.kind === 'opening';
  if (entry.kind === 'staff')
    return [
      ...[when(entry.createdAt), entry.lockName ?? '', entry.who.name, entry.who.kind, '', entry.action],
      ...['', '', '', '', '', entry.reason ?? ''],
      ...(withAddresses ? [''] : []),
    ];
  if (entry.kind === 'operation' || entry.kind === 'alarm') {
    const told =
      entry.kind === 'alarm'
        ? ['', 'alarm', entry.alarm]
        : [entry.source, `${entry.operation}ed`, codeOf(entry)];
    const ended = entry.kind === 'alarm' ? undefined : entry.happenedAt;
    return [
      ...[when(entry.createdAt), entry.lockName, '', 'lock', ...told, '', '', when(ended), '', ''],
      ...(withAddresses ? [''] : []),
    ];
  }
  return [
    when(entry.createdAt),
    entry.lockName,
    entry.who.name,
    entry.who.kind,
    entry.via,
    isOpening ? openingOutcome(entry) : 'refused',
    (isOpening ? entry.error : entry.cause) ?? '',
    when(isOpening ? entry.sentAt : undefined),
    when(isOpening ? entry.acceptedAt : undefined),
    when(isOpening ? entry.outcomeAt : undefined),
    entry.requestId ?? '',
    (isOpening ? entry.reason : undefined) ?? '',
    ...(withAddresses ? [entry.address ?? ''] : []),
  ];
}

/**
 * Exactly the lines that a filter lets through, as comma-separated values (RFC 4180) in pieces; times in ISO 8601 with
 * the offset of the home's zone. Whoever calls has made the scope by the permission table.
 */
export async function* exportActivity(
  deps: Pick<Deps, 'db'>,
  scope: ActivityScope,
  query: ActivityQuery,
): AsyncGenerator<string> {
  yield csvRecord([...columns, ...(scope.withAddresses ? ['address'] : [])]);
  const filter = readFilter(query, scope.zone);
  let place: LinePlace | undefined;
  do {
    const page = await readActivity(deps, scope, filter, place, pageSize);
    if (page.items.length > 0) yield page.items.map((item) => csvRecord(fieldsOf(item, scope))).join('');
    place = page.end;
  } while (place !== undefined);
}
