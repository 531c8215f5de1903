import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'drizzle-orm';
import { pino } from 'pino';
import { expect, inject, it } from 'vitest';
import { openDatabase } from '@/server/db/client';
import { auditGround, supporterOf } from '@/server/testing/audit-ground';
import { ground } from '@/server/testing/ground';
import { until } from '@/server/testing/until';
import { headsFolder } from './head-files';
import { recordDeed } from './record';
import { sealAudit } from './seal';
import { writeHeads } from './write-heads';

const factory = ground();
const audit = auditGround(factory);
const { deps } = factory;

it('a row whose transaction ends late is sealed after it, with those that waited for it', async () => {
  const { id: project } = await factory.project();
  const late = openDatabase({ url: inject('databaseUrl'), applicationName: 'latchkey-late', max: 1 });
  let commit = () => {};
  const mayCommit = new Promise<void>((resolve) => {
    commit = resolve;
  });
  let isWritten = false;
  const slow = late.db.transaction(async (tx) => {
    await recordDeed(tx, supporterOf('all'), { projectId: project, action: 'home.note', at: new Date() });
    isWritten = true;
    await mayCommit;
  });
  await until(async () => isWritten);
  await audit.deeds(project, 3);
  for (let pass = 0; pass < 5; pass += 1) await sealAudit(deps);
  expect((await audit.verify(project)).projects).toMatchObject([{ entries: 3, seals: 0, unsealed: 3 }]);
  commit();
  await slow;
  await late.end();
  expect(await audit.sealed(project)).toMatchObject({ entries: 4, unsealed: 0 });
  expect((await audit.verify(project)).ok).toBe(true);
});

it('a transaction that is given up leaves a gap, and no alarm', async () => {
  const { id: project } = await factory.project();
  const deed = { projectId: project, action: 'home.note', at: new Date() };
  await expect(
    deps.db.transaction(async (tx) => {
      await recordDeed(tx, supporterOf('all'), deed);
      throw new Error('given up');
    }),
  ).rejects.toThrow('given up');
  await audit.deeds(project, 1);
  await audit.sealed(project);
  expect(await audit.verify(project)).toMatchObject({ ok: true, projects: [{ entries: 1 }] });
});

it('more rows than a seal holds become several seals of one chain', async () => {
  const { id: project } = await factory.project();
  await deps.db.execute(sql`
    insert into audit_entries (project_id, actor_kind, actor_id, actor_name, action, created_at)
    select ${project}, 'user', '1', 'Kim', 'home.note', now() from generate_series(1, 2500)`);
  // Seals end where ids are a round number, or where a pass found them: that may cut these rows once more.
  const { entries, seals } = await audit.sealed(project);
  expect(entries).toBe(2500);
  expect(seals).toBeGreaterThanOrEqual(3);
  expect((await audit.verify(project)).ok).toBe(true);
});

it('transactions of another life of the database do not hold the sealer up', async () => {
  const { id: project } = await factory.project();
  await audit.deeds(project, 1);
  await deps.db.execute(sql`
    insert into audit_marks (name, position) values ('seal.after', 9000000000000)
    on conflict (name) do update set position = excluded.position`);
  expect(await audit.sealed(project)).toMatchObject({ entries: 1, unsealed: 0 });
});

it('heads are signed, written for the owner alone, once for each end, and logged', async () => {
  const { id: project } = await factory.project();
  await audit.deeds(project, 2);
  const { head: hash } = await audit.sealed(project);
  const lines: string[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => lines.push(line) });
  const dataDir = await audit.folder;
  const file = path.join(headsFolder(dataDir), `${project}.jsonl`);
  await writeHeads({ ...deps, log }, dataDir);
  await writeHeads({ ...deps, log }, dataDir);
  const kept = (await readFile(file, 'utf8')).trim().split('\n');
  expect(kept).toHaveLength(1);
  expect(JSON.parse(kept[0] as string)).toMatchObject({ project, number: 1, hash });
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await stat(headsFolder(dataDir))).mode & 0o777).toBe(0o700);
  expect(lines.filter((line) => line.includes(hash as string))).toHaveLength(1);
  expect(await audit.verify(project)).toMatchObject({ ok: true });
});

it('where heads cannot be written the log has them, with a warning', async () => {
  const { id: project } = await factory.project();
  await audit.deeds(project, 1);
  const { head: hash } = await audit.sealed(project);
  const lines: string[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => lines.push(line) });
  const file = path.join(await audit.folder, 'no-folder');
  await writeFile(file, '');
  const heads = await writeHeads({ ...deps, log }, file);
  expect(heads).toContainEqual(expect.objectContaining({ project, hash }));
  expect(lines.join()).toContain(hash);
  expect(lines.at(-1)).toContain('DATA_DIR cannot be written');
});
