import { and, desc, eq, gt, gte, inArray, lt, type SQL } from 'drizzle-orm';
import { auditEntries } from '@/drizzle/schema';
import { invalidField } from '../../domain/errors';
import type { Deps } from '../deps';

export type AuditRow = typeof auditEntries.$inferSelect;

/** Which lines of the audit are asked for. */
export interface LineFilter {
  project?: number | undefined;
  /** Several: of any of them. */
  projects?: readonly number[] | undefined;
  /** What was done to the installation itself is left out. */
  inProjectsOnly?: boolean | undefined;
  /** `kind:id`, or a kind alone. */
  actor?: string | undefined;
  action?: string | undefined;
  home?: number | undefined;
  /** `kind:id` */
  subject?: string | undefined;
  from?: Date | undefined;
  /** The first moment without. */
  until?: Date | undefined;
}

/** `kind:id` taken apart; the id may hold colons. Raises `invalid`. */
function parts(field: string, text: string): [kind: string, id: string | undefined] {
  const match = /^([a-zA-Z-]+)(?::(.*))?$/s.exec(text);
  if (match === null) throw invalidField(field, 'must be kind:id');
  return [match[1] as string, match[2]];
}

function conditions(filter: LineFilter): (SQL | undefined)[] {
  const { project, projects, action, home, from, until } = filter;
  const [actorKind, actorId] = filter.actor === undefined ? [] : parts('actor', filter.actor);
  const [subjectKind, subjectId] = filter.subject === undefined ? [] : parts('subject', filter.subject);
  return [
    project === undefined ? undefined : eq(auditEntries.projectId, project),
    projects === undefined ? undefined : inArray(auditEntries.projectId, [...projects]),
    filter.inProjectsOnly === true ? gt(auditEntries.projectId, 0) : undefined,
    actorKind === undefined ? undefined : eq(auditEntries.actorKind, actorKind),
    actorId === undefined ? undefined : eq(auditEntries.actorId, actorId),
    subjectKind === undefined ? undefined : eq(auditEntries.subjectKind, subjectKind),
    subjectId === undefined ? undefined : eq(auditEntries.subjectId, subjectId),
    action === undefined ? undefined : eq(auditEntries.action, action),
    home === undefined ? undefined : eq(auditEntries.homeId, home),
    from === undefined ? undefined : gte(auditEntries.createdAt, from),
    until === undefined ? undefined : lt(auditEntries.createdAt, until),
  ];
}

/** Lines of the audit, those written last first, before an id. Whoever calls has asked the permission table. */
export async function listLines(
  { db }: Pick<Deps, 'db'>,
  filter: LineFilter,
  before: number | undefined,
  limit: number,
): Promise<{ items: Omit<AuditRow, 'writtenBy'>[]; next: number | undefined }> {
  const rows = await db
    .select()
    .from(auditEntries)
    .where(and(...conditions(filter), before === undefined ? undefined : lt(auditEntries.id, before)))
    .orderBy(desc(auditEntries.id))
    .limit(limit + 1);
  const items = rows.slice(0, limit).map(({ writtenBy: _transaction, ...row }) => row);
  return { items, next: rows.length > limit ? items.at(-1)?.id : undefined };
}
