import type { AuditLine, listAudit as operation } from '../../contracts/audit';
import type { InputOf } from '../../contracts/operation';
import { toTimestamp } from '../../contracts/values';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import { worksFor } from '../../domain/principal';
import type { Caller, Deps } from '../deps';
import { type AuditRow, listLines } from './list-lines';
import { nameSubjects } from './name-subjects';

const given = <Name extends string, Value>(name: Name, value: Value | null) =>
  (value === null ? {} : { [name]: value }) as { [Key in Name]?: Value };

const toLine = (row: Omit<AuditRow, 'writtenBy'>): AuditLine => ({
  id: String(row.id),
  projectId: row.projectId,
  ...given('homeId', row.homeId),
  who: { kind: row.actorKind, id: row.actorId, name: row.actorName },
  action: row.action,
  ...(row.subjectKind === null || row.subjectId === null
    ? {}
    : { subject: { kind: row.subjectKind, id: row.subjectId } }),
  ...given('reason', row.reason),
  ...given('address', row.address),
  data: row.data ?? {},
  createdAt: toTimestamp(row.createdAt),
});

/**
 * GET /staff/audit (ours): lines of the projects that somebody works for. What was done to the installation itself is told
 * to administrators of all projects alone. Raises `forbidden`, and `not_found` for a project that is none of theirs.
 */
export async function listEntries(
  deps: Pick<Deps, 'db'>,
  { principal }: Pick<Caller, 'principal'>,
  { query }: Pick<InputOf<typeof operation>, 'query'>,
): Promise<{ items: AuditLine[]; next: string | null }> {
  authorise('staff.audit', principal);
  if (principal.kind !== 'staff') throw new Failure('forbidden');
  const { projectId, homeId, actor, action, subject, from, until, after, limit } = query;
  if (projectId !== undefined && !worksFor(principal, projectId))
    throw new Failure('not_found', { reason: 'NOT_FOUND' });
  const { projects } = principal;
  const filter = {
    project: projectId,
    projects: projects === 'all' ? undefined : projects,
    inProjectsOnly: principal.role !== 'admin',
    home: homeId,
    ...{ actor, action, subject },
    from: from === undefined ? undefined : new Date(from),
    until: until === undefined ? undefined : new Date(until),
  };
  const { items, next } = await listLines(deps, filter, after, limit);
  const lines = await nameSubjects(deps.db, items.map(toLine));
  return { items: lines, next: next === undefined ? null : String(next) };
}
