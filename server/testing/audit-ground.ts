import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { asc, eq, sql } from 'drizzle-orm';
import { afterAll, inject } from 'vitest';
import { auditEntries } from '@/drizzle/schema';
import { type Database, openDatabase } from '../db/client';
import type { StaffPrincipal } from '../domain/principal';
import { recordDeed } from '../services/audit/record';
import { sealAudit, sealLock } from '../services/audit/seal';
import { verifyAudit } from '../services/audit/verify';
import type { Factory } from './factories';
import { until } from './until';

/** Somebody who supports the projects named. */
export const supporterOf = (
  projects: StaffPrincipal['projects'],
  role: StaffPrincipal['role'] = 'support',
): StaffPrincipal => ({
  kind: 'staff',
  accountId: 7,
  sessionId: '00000000-0000-0000-0000-000000000007',
  name: 'Sam',
  role,
  projects,
});

/** What tests of the audit trail do, on the system that all files share: each in a project, and so a chain, of its own. */
export function auditGround(factory: Factory) {
  const owner = openDatabase({ url: inject('ownerUrl'), applicationName: 'latchkey-test-owner', max: 2 });
  const folder = mkdtemp(path.join(tmpdir(), 'latchkey-audit-'));
  afterAll(async () => {
    await owner.end();
    await rm(await folder, { recursive: true, force: true });
  });
  const { db } = factory.deps;
  const verify = async (project: number, headsFile?: string) =>
    verifyAudit(factory.deps, { dataDir: await folder, project, headsFile });
  return {
    folder,
    owner: owner.db,
    verify,
    /** Lines of a project, oldest first. */
    lines: (projectId: number) =>
      db
        .select()
        .from(auditEntries)
        .where(eq(auditEntries.projectId, projectId))
        .orderBy(asc(auditEntries.id)),
    /** Records so many deeds of a member of staff in one transaction while no sealer looks, and so in one seal. */
    deeds: (projectId: number, count: number) =>
      db.transaction(async (tx) => {
        await tx.execute(sql`select pg_advisory_xact_lock(${sealLock}::bigint)`);
        for (let index = 0; index < count; index += 1)
          await recordDeed(tx, supporterOf([projectId]), {
            projectId,
            action: 'home.deactivate',
            subject: { kind: 'home', id: String(index) },
            reason: `The owner called (${index})`,
            data: { index },
            at: new Date(),
          });
      }),
    /** Seals as the bridge does, which need not be waited for; resolves when all of a project is sealed. */
    sealed: (project: number) =>
      until(async () => {
        await sealAudit(factory.deps);
        const state = (await verify(project)).projects[0];
        return state !== undefined && state.entries > 0 && state.unsealed === 0 && state;
      }),
    /** What whoever owns the schema may do once the guards are off, in one transaction. */
    tamper: (work: (tx: Pick<Database, 'execute'>) => Promise<unknown>) =>
      owner.db.transaction(async (tx) => {
        const tables = ['audit_entries', 'audit_seals'].map((name) => sql.identifier(name));
        for (const table of tables) await tx.execute(sql`alter table ${table} disable trigger user`);
        await work(tx);
        for (const table of tables) await tx.execute(sql`alter table ${table} enable trigger user`);
      }),
  };
}
