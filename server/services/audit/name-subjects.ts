import { type SQL, sql } from 'drizzle-orm';
import type { AuditLine } from '../../contracts/audit';
import type { Executor } from '../../db/client';

/** What people know a thing by, by the kind that the record gives it; a kind that is not here is known by its id alone. */
const sources: Readonly<Record<string, { table: string; name: string; project?: string }>> = {
  user: { table: 'users', name: 'coalesce(name, email, phone_number)' },
  home: { table: 'homes', name: 'name' },
  device: { table: 'devices', name: "coalesce(name, tag, device_class || ' ' || id)" },
  lock: { table: 'locks', name: 'name' },
  hub: { table: 'hubs', name: 'serial' },
  // Staff are of no project, and named in the lines that they write themselves.
  staff: { table: 'staff_accounts', name: 'name', project: 'null::bigint' },
  key: { table: 'project_keys', name: 'name' },
};

const shapes: Readonly<Record<string, RegExp>> = { hub: /^[0-9a-f-]{36}$/i };
const number = /^\d{1,15}$/;

function namesOf(kind: string, ids: readonly string[]): SQL | undefined {
  const source = sources[kind];
  const shape = shapes[kind] ?? number;
  const known = [...new Set(ids.filter((id) => shape.test(id)))];
  if (source === undefined || known.length === 0) return undefined;
  const { table, name, project = 'project_id' } = source;
  const type = kind === 'hub' ? 'uuid[]' : 'bigint[]';
  return sql`
    select ${kind}::text || ':' || id::text as key, ${sql.raw(name)} as name, ${sql.raw(project)}::text as project
    from ${sql.raw(table)} where id = any(${`{${known.join(',')}}`}::text::${sql.raw(type)})`;
}

/**
 * Lines with the names that their subjects and homes have now. What is gone, has no name, or is not of the line's own
 * project keeps its id alone: the record itself holds no names of things.
 */
export async function nameSubjects(
  db: Pick<Executor, 'execute'>,
  lines: readonly AuditLine[],
): Promise<AuditLine[]> {
  const asked = lines.flatMap(({ subject, homeId }) => [
    ...(subject === undefined ? [] : [subject]),
    ...(homeId === undefined ? [] : [{ kind: 'home', id: String(homeId) }]),
  ]);
  const parts = Object.keys(sources).flatMap((kind) => {
    const part = namesOf(
      kind,
      asked.filter((one) => one.kind === kind).map(({ id }) => id),
    );
    return part === undefined ? [] : [part];
  });
  if (parts.length === 0) return [...lines];
  const rows = await db.execute<{ key: string; name: string | null; project: string | null }>(
    sql.join(parts, sql` union all `),
  );
  const found = new Map(rows.map((row) => [row.key, row]));
  const given = (kind: string, id: string, projectId: number) => {
    const row = found.get(`${kind}:${id}`);
    const isOurs = row !== undefined && (row.project === null || row.project === String(projectId));
    return isOurs && row.name !== null && row.name !== '' ? row.name : undefined;
  };
  return lines.map((line) => {
    const { subject, homeId, projectId } = line;
    const name = subject && given(subject.kind, subject.id, projectId);
    const homeName = homeId === undefined ? undefined : given('home', String(homeId), projectId);
    return {
      ...line,
      ...(subject === undefined || name === undefined ? {} : { subject: { ...subject, name } }),
      ...(homeName === undefined ? {} : { homeName }),
    };
  });
}
