import { sql } from 'drizzle-orm';
import type { Deps } from '../deps';

/** Warns where the application could change the audit trail, were it not for triggers; says whether it did. */
export async function warnUnguarded({ db, log }: Pick<Deps, 'db' | 'log'>): Promise<boolean> {
  const [row] = await db.execute<{ can: boolean }>(sql`
    select bool_or(has_table_privilege(name, 'UPDATE, DELETE, TRUNCATE')) as can
    from (values ('audit_entries'), ('audit_seals')) tables(name)`);
  if (row?.can !== true) return false;
  log.warn(
    'the audit trail is guarded by triggers alone: the application uses the role that owns the tables. Give DATABASE_URL a role of its own',
  );
  return true;
}
