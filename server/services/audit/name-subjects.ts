import { type SQL, sql } from 'drizzle-orm';
import type { AuditLine } from '../../contracts/audit';
import type { Executor } from '../../db/client';

/** What people know a thing by, by the kind that the record gives it; a kind that is not here is known by its id alone. */
const sources: Readonly<Record<string, { table: string; id: string; name: string }>> = {
  user: { table: 'users', id: 'id', name: 'coalesce(name, email, phone_number)' },
  home: { table: 'homes', id: 'id', name: 'name' },
  device: { table: 'devices', id: 'id', name: "coalesce(name, tag, device_class || ' ' || id)" },
  lock: { table: 'locks', id: 'id', name: 'name' },
  hub: { table: 'hubs', id: 'id', name: 'serial' },
  staff: { table: 'staff_accounts', id: 'id', name: 'name' },
  key: { table: 'project_keys', id: 'id', name: 'name' },
};

const shapes: Readonly<Record<string, RegExp>> = { hub: /^[0-9a-f-]{36}$/i };
const number = /^\d{1,15}$/;

function namesOf(kind: string, ids: readonly string[]): SQL | undefined {
  const source = sources[kind];
  const shape = shapes[kind] ?? number;
  const known = [...new Set(ids.filter((id) => shape.test(id)))];
  if (source === undefined || known.length === 0) return undefined;
  const { table, id, name } = source;
  const type = kind === 'hub' ? 'uuid[]' : 'bigint[]';
  return sql`
    select ${kind}::text || ':' || ${sql.raw(id)}::text as key, ${sql.raw(name)} as name from ${sql.raw(table)}
    where ${sql.raw(id)} = any(${`{${known.join(',')}}`}::text::${sql.raw(type)})`;
}

/**
 * Lines with the names that their subjects and homes have now. What is gone, or has no name, keeps its id alone: the
 * record itself holds no names of things. All that a line is about is of its own project.
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
  const rows = await db.execute<{ key: string; name: string | null }>(sql.join(parts, sql` union all `));
  const names = new Map(rows.map(({ key, name }) => [key, name]));
  const given = (kind: string, id: string) => {
    const name = names.get(`${kind}:${id}`);
    return name == null || name === '' ? undefined : name;
  };
  return lines.map((line) => {
    const { subject, homeId } = line;
    const name = subject && given(subject.kind, subject.id);
    const homeName = homeId === undefined ? undefined : given('home', String(homeId));
    return {
      ...line,
      ...(subject === undefined || name === undefined ? {} : { subject: { ...subject, name } }),
      ...(homeName === undefined ? {} : { homeName }),
    };
  });
}
