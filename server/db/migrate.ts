import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as runMigrations } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import type { Database } from './client';

/** One number for all who migrate: only one of them runs at a time. */
const migrationLock = 7_274_823_901;

/** Tables that the application may add to and read: their history is evidence. Triggers guard them where one role owns all. */
const appendOnly = ['audit_entries', 'audit_seals'];

/** Brings the schema up to date as its owner, under an advisory lock, and grants the application its rights. */
export async function migrate(
  ownerUrl: string,
  folder: string,
  appRole?: string,
  keepEventMonths = 13,
): Promise<void> {
  const client = postgres(ownerUrl, {
    max: 1,
    onnotice: () => {},
    connection: { application_name: 'latchkey-migrate' },
  });
  try {
    await client`select pg_advisory_lock(${migrationLock})`;
    await runMigrations(drizzle(client), {
      migrationsFolder: folder,
      migrationsSchema: 'public',
      migrationsTable: 'schema_migrations',
    });
    await client`select make_event_partitions(60)`;
    await client`select drop_event_partitions(${keepEventMonths})`;
    if (appRole !== undefined) {
      const role = `"${appRole.replaceAll('"', '""')}"`;
      await client.unsafe(`grant select, insert, update, delete on all tables in schema public to ${role}`);
      await client.unsafe(`revoke update, delete, truncate on ${appendOnly.join(', ')} from ${role}`);
      await client.unsafe(`grant usage, select, update on all sequences in schema public to ${role}`);
    }
  } finally {
    await client.end({ timeout: 5 });
  }
}

/** Waits until the database holds every migration of the folder: other processes start before the migration has ended. */
export async function waitForSchema(db: Database, folder: string, timeoutMs = 60_000): Promise<void> {
  const journal = JSON.parse(await readFile(path.join(folder, 'meta/_journal.json'), 'utf8')) as {
    entries: unknown[];
  };
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      const rows = await db.execute<{ count: string }>(
        sql`select count(*)::text as count from public.schema_migrations`,
      );
      if (Number(rows[0]?.count ?? 0) >= journal.entries.length) return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    if (Date.now() > deadline)
      throw new Error('the database schema is older than this program; run --target=migrate');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
