import { copyFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type SQL, sql } from 'drizzle-orm';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { genesis, type Seal, sealText } from '@/server/domain/audit/chain';
import { auditGround } from '@/server/testing/audit-ground';
import { ground } from '@/server/testing/ground';
import { until } from '@/server/testing/until';
import { sha256 } from './hashes';
import { headsFolder } from './head-files';
import { sealAudit } from './seal';
import { warnUnguarded } from './warn-unguarded';
import { writeHeads } from './write-heads';

const factory = ground();
const audit = auditGround(factory);
const { deps } = factory;

/** A chain of three seals with five rows each. */
async function chain() {
  const { id: project } = await factory.project();
  for (let seal = 0; seal < 3; seal += 1) {
    await audit.deeds(project, 5);
    await audit.sealed(project);
  }
  const ids = (await audit.lines(project)).map(({ id }) => id);
  return { project, ids, id: (index: number) => ids[index] as number };
}
type Chain = Awaited<ReturnType<typeof chain>>;

const seals = (project: number) => sql`audit_seals where project_id = ${project}`;
const copyOf = (id: number, created: SQL, newId: SQL = sql`nextval('audit_entries_id_seq')`) => sql`
  insert into audit_entries (id, project_id, actor_kind, actor_id, actor_name, action, reason, created_at) overriding system value
  select ${newId}, project_id, actor_kind, actor_id, actor_name, action, 'never said', ${created} from audit_entries where id = ${id}`;

it('what was sealed and left alone verifies', async () => {
  const { project, ids } = await chain();
  const { projects, ok, findings } = await audit.verify(project);
  expect({ ok, findings }).toEqual({ ok: true, findings: [] });
  expect(projects).toEqual([
    {
      project,
      entries: ids.length,
      seals: expect.any(Number),
      head: expect.stringMatching(/^[0-9a-f]{64}$/),
      sealedUntil: expect.stringMatching(/^\d{4}-/),
      unsealed: 0,
    },
  ]);
});

const cases: [title: string, tamper: (chain: Chain) => SQL | SQL[], found: (chain: Chain) => object[]][] = [
  [
    'a changed row',
    ({ id }) => sql`update audit_entries set actor_name = 'Nobody' where id = ${id(6)}`,
    ({ id }) => [{ kind: 'changed-row', id: id(6) }],
  ],
  [
    'a changed reason',
    ({ id }) => sql`update audit_entries set reason = reason || '.' where id = ${id(14)}`,
    ({ id }) => [{ kind: 'changed-row', id: id(14) }],
  ],
  [
    'data that reads the same and is written otherwise',
    ({ id }) => sql`update audit_entries set data = '{"index": 1}' where id = ${id(1)}`,
    ({ id }) => [{ kind: 'changed-row', id: id(1) }],
  ],
  [
    'a removed row',
    ({ id }) => sql`delete from audit_entries where id = ${id(7)}`,
    ({ id }) => [{ kind: 'removed-row', id: id(7) }],
  ],
  [
    'two rows with each other’s ids',
    ({ id }) => [
      sql`create temporary table swapped on commit drop as select * from audit_entries where id in (${id(2)}, ${id(3)})`,
      sql`delete from audit_entries where id in (${id(2)}, ${id(3)})`,
      sql`insert into audit_entries overriding system value
        select ${id(2) + id(3)}::bigint - id, project_id, home_id, actor_kind, actor_id, actor_name, action, subject_kind,
          subject_id, reason, address, data, source, created_at, written_by from swapped`,
    ],
    ({ id }) => [
      { kind: 'changed-row', id: id(2) },
      { kind: 'changed-row', id: id(3) },
    ],
  ],
  [
    'a row that was moved to another project',
    ({ id }) => sql`update audit_entries set project_id = 900000000000007 where id = ${id(4)}`,
    ({ id }) => [{ kind: 'removed-row', id: id(4) }],
  ],
  [
    'a seal whose rows were exchanged',
    ({ project }) =>
      sql`update audit_seals set entry_hashes = (select json_agg(md5('') || md5('')) from json_array_elements(entry_hashes))
        where project_id = ${project} and number = 1`,
    ({ id }) => [
      { kind: 'broken-seal', number: 1 },
      ...[0, 1, 2, 3, 4].map((index) => ({ kind: 'changed-row', id: id(index), number: 1 })),
    ],
  ],
  [
    'a seal that is gone from the middle',
    ({ project }) => sql`delete from ${seals(project)} and number = 2`,
    ({ id }) => [
      { kind: 'broken-link', number: 3 },
      ...[5, 6, 7, 8, 9].map((index) => ({ kind: 'inserted-row', id: id(index) })),
    ],
  ],
];

it.each(cases)('%s is named', async (_title, tamper, found) => {
  const made = await chain();
  await audit.tamper(async (tx) => {
    for (const statement of [tamper(made)].flat()) await tx.execute(statement);
  });
  const { ok, findings } = await audit.verify(made.project);
  expect(ok).toBe(false);
  expect(findings).toMatchObject(found(made));
});

it('a row put into a gap of the ids is named, however it is dated', async () => {
  const { project, id } = await chain();
  const [gap] = await deps.db.execute<{ id: string }>(
    sql`select nextval('audit_entries_id_seq')::text as id`,
  );
  await audit.deeds(project, 1);
  await audit.sealed(project);
  await audit.tamper((tx) => tx.execute(copyOf(id(0), sql`now()`, sql`${Number(gap?.id)}`)));
  const named = [{ kind: 'inserted-row', id: Number(gap?.id) }];
  expect((await audit.verify(project)).findings).toMatchObject(named);
  // It stays outside: later seals do not take it in.
  await audit.deeds(project, 1);
  await until(
    async () => (await audit.verify(project)).projects[0]?.unsealed === 0 || !(await sealAudit(deps)),
  );
  expect((await audit.verify(project)).findings).toMatchObject(named);
});

it('a row that is dated back and takes the next id is named before and after it is sealed', async () => {
  const { project, id } = await chain();
  await audit.tamper((tx) => tx.execute(copyOf(id(0), sql`now() - interval '1 day'`)));
  const named = [{ kind: 'back-dated-row', id: (await audit.lines(project)).at(-1)?.id }];
  expect((await audit.verify(project)).findings).toMatchObject(named);
  await audit.sealed(project);
  expect((await audit.verify(project)).findings).toMatchObject(named);
});

it('seals taken from the end are missed, by their rows and by the signed head', async () => {
  const { project, ids } = await chain();
  await writeHeads(deps, await audit.folder);
  expect((await audit.verify(project)).ok).toBe(true);
  await audit.tamper((tx) => tx.execute(sql`delete from ${seals(project)} and number > 1`));
  const { findings } = await audit.verify(project);
  expect(findings).toMatchObject([
    ...ids.slice(5).map((id) => ({ kind: 'inserted-row', id })),
    { kind: 'truncated-chain', project, number: 3 },
  ]);
  // Together with their rows: the head alone knows, here in a copy that was kept elsewhere.
  await audit.tamper((tx) =>
    tx.execute(sql`delete from audit_entries where project_id = ${project} and id > ${ids[4] as number}`),
  );
  const copy = path.join(await audit.folder, 'copy.jsonl');
  await copyFile(path.join(headsFolder(await audit.folder), `${project}.jsonl`), copy);
  expect((await audit.verify(project, copy)).findings).toMatchObject([
    { kind: 'truncated-chain', project, number: 3 },
  ]);
});

it('a chain that was computed anew does not match the signed head', async () => {
  const { project, id } = await chain();
  await writeHeads(deps, await audit.folder);
  await audit.tamper(async (tx) => {
    await tx.execute(sql`delete from audit_entries where id > ${id(0)} and project_id = ${project}`);
    const [line] = await tx.execute<{ hash: string; at: string }>(sql`
      select entry_hashes ->> 0 as hash, to_char(sealed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
      from ${seals(project)} and number = 1`);
    const seal: Seal = {
      projectId: project,
      number: 1,
      entryIds: [id(0)],
      entryHashes: [line?.hash as string],
      previousHash: genesis,
      sealedAt: line?.at as string,
    };
    await tx.execute(sql`delete from ${seals(project)} and number > 1`);
    await tx.execute(sql`
      update audit_seals set entry_ids = ${JSON.stringify(seal.entryIds)}::text::json,
        entry_hashes = ${JSON.stringify(seal.entryHashes)}::text::json, hash = decode(${sha256(sealText(seal))}, 'hex')
      where project_id = ${project}`);
  });
  expect((await audit.verify(project)).findings).toMatchObject([{ kind: 'truncated-chain', number: 3 }]);
  await audit.deeds(project, 1);
  await audit.sealed(project);
  await audit.deeds(project, 1);
  await audit.sealed(project);
  expect((await audit.verify(project)).findings).toMatchObject([{ kind: 'replaced-seal', number: 3 }]);
});

it('a head that this installation has not signed is named', async () => {
  const { project } = await chain();
  const [head] = (await writeHeads(deps, await audit.folder)).filter((one) => one.project === project);
  const file = path.join(await audit.folder, 'forged.jsonl');
  await writeFile(file, `${JSON.stringify({ ...head, hash: genesis })}\n{"number":\n`);
  expect((await audit.verify(project, file)).findings).toMatchObject([
    { kind: 'bad-signature', project: 0 },
    { kind: 'bad-signature', project, number: head?.number },
  ]);
});

it('the application can add and read, and nothing else', async () => {
  const { project, id } = await chain();
  const forbidden = [
    sql`update audit_entries set reason = 'x' where id = ${id(0)}`,
    sql`delete from audit_entries where id = ${id(0)}`,
    sql`truncate audit_entries`,
    sql`update audit_seals set number = 9 where project_id = ${project}`,
    sql`delete from ${seals(project)}`,
    sql`truncate audit_seals`,
  ];
  for (const statement of forbidden) {
    await expect(deps.db.execute(statement)).rejects.toMatchObject({ cause: { code: '42501' } });
    // The owner has the rights, and is stopped by the triggers.
    await expect(audit.owner.execute(statement)).rejects.toMatchObject({
      cause: { code: '42501', message: expect.stringContaining('append-only') },
    });
  }
  await expect(deps.db.execute(sql`alter table audit_entries disable trigger user`)).rejects.toThrow();
  expect((await audit.verify(project)).ok).toBe(true);
});

it('the start warns where the application owns the tables, and not where it has a role of its own', async () => {
  const lines: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => lines.push(line) });
  expect(await warnUnguarded({ db: deps.db, log })).toBe(false);
  expect(lines).toEqual([]);
  expect(await warnUnguarded({ db: audit.owner, log })).toBe(true);
  expect(lines).toEqual([expect.stringContaining('guarded by triggers alone')]);
});

it('of two who seal at once one does, and the chain stays one', async () => {
  const { project } = await chain();
  for (let round = 0; round < 10; round += 1) {
    await audit.deeds(project, 2);
    await Promise.all([sealAudit(deps), sealAudit(deps), sealAudit(deps), sealAudit(deps)]);
  }
  await audit.sealed(project);
  const { ok, findings, projects } = await audit.verify(project);
  expect({ ok, findings }).toEqual({ ok: true, findings: [] });
  expect(projects[0]?.entries).toBe(35);
});
