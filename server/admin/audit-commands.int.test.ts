import { mkdtemp, readFile } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { auditGround } from '@/server/testing/audit-ground';
import { ground } from '@/server/testing/ground';
import { operatorOf } from '@/server/testing/operator';
import { writeHeads } from '../services/audit/write-heads';

const factory = ground();
const audit = auditGround(factory);
const run = async (line: string) => operatorOf({ ...factory.deps, dataDir: await audit.folder })(line);

it('an operator verifies, lists and exports a trail, and is told what was changed', async () => {
  const { id: project } = await factory.project();
  await audit.deeds(project, 3);
  await audit.sealed(project);
  await writeHeads(factory.deps, await audit.folder);
  const { code, output } = await run(`audit verify --project ${project}`);
  expect(code).toBe(0);
  expect(output).toEqual({
    ok: true,
    projects: [
      {
        project,
        entries: 3,
        seals: 1,
        head: expect.any(String),
        sealedUntil: expect.any(String),
        unsealed: 0,
      },
    ],
  });
  expect((await run(`audit list --project ${project} --limit 2`)).output).toMatchObject([
    { action: 'home.deactivate', actorKind: 'staff', reason: 'The owner called (2)' },
    { reason: 'The owner called (1)' },
  ]);
  const file = path.join(await mkdtemp(path.join(await audit.folder, 'export-')), 'trail.jsonl');
  const exported = await run(`audit export --project ${project} --file ${file}`);
  expect(exported.output).toEqual({ file, entries: 3, seals: 1, heads: 1 });
  const items = (await readFile(file, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(items.map(({ kind }) => kind)).toEqual(['key', 'entry', 'entry', 'entry', 'seal', 'head']);
  expect(items.at(-1)).toMatchObject({ publicKey: items[0].publicKey, hash: items.at(-2).hash });
  expect((await run(`audit export --project ${project} --file ${file}`)).code).toBe(1);
  const later = await run(`audit export --project ${project} --from 2999-01-01 --file ${file}.2`);
  expect(later.output).toMatchObject({ entries: 0, seals: 0, heads: 0 });

  const [first] = await audit.lines(project);
  await audit.tamper((tx) => tx.execute(sql`update audit_entries set reason = 'x' where id = ${first?.id}`));
  expect(await run(`audit verify --project ${project}`)).toMatchObject({
    code: 1,
    output: {
      error: expect.stringContaining('1 findings'),
      ok: false,
      findings: [{ kind: 'changed-row', id: first?.id, project }],
    },
  });
  expect((await run(`audit verify --heads ${file}.none`)).output.error).toContain('heads:');
});
