import { genesis } from '../../domain/audit/chain';
import {
  checkHead,
  checkRows,
  checkSeal,
  DateOrder,
  type Finding,
  inserted,
} from '../../domain/audit/findings';
import type { Deps } from '../deps';
import { hashOfLine, sha256 } from './hashes';
import { type HeadLine, keptHeads, projectsWithHeads, readHeads } from './head-files';
import { isSignedByUs } from './head-keys';
import { readMarks, sealMarks } from './marks';
import { linesOf, projectsOfAudit, sealsOf } from './read-chain';

/** How a project's trail stands. */
export interface VerifiedProject {
  project: number;
  entries: number;
  seals: number;
  /** Hash of the last seal; null: there is none yet. */
  head: string | null;
  sealedUntil: string | null;
  /** Rows that wait for their seal. */
  unsealed: number;
}

export interface Verified {
  projects: VerifiedProject[];
  ok: boolean;
  /** The first of what is wrong; `found` counts all of it. */
  findings: Finding[];
  found: number;
}

/** Findings that are listed by name. */
const listedMost = 1_000;

class Findings {
  readonly listed: Finding[] = [];
  count = 0;

  add(...found: readonly (Finding | undefined)[]): void {
    for (const finding of found) {
      if (finding === undefined) continue;
      this.count += 1;
      if (this.listed.length < listedMost) this.listed.push(finding);
    }
  }
}

const unreadable = (project: number, line: number): Finding => ({
  kind: 'bad-signature',
  project,
  message: `line ${line} of its heads is not signed by this installation`,
});

type Reading = Parameters<typeof sealsOf>[0];

/** Walks the chain of a project once, its rows beside it, and holds signed heads against it. */
async function verifyProject(
  db: Reading,
  project: number,
  { heads, sealedUpTo, findings }: { heads: readonly HeadLine[]; sealedUpTo: number; findings: Findings },
  secrets: Deps['secrets'],
): Promise<VerifiedProject> {
  const signed = heads.flatMap(({ line, head }) => {
    if (head?.project === project && isSignedByUs(secrets, head)) return [head];
    findings.add({ ...unreadable(project, line), ...(head === undefined ? {} : { number: head.number }) });
    return [];
  });
  const wanted = new Set(signed.map(({ number }) => number));
  const hashes = new Map<number, string>();
  const dates = new DateOrder();
  const state: VerifiedProject = {
    project,
    entries: 0,
    seals: 0,
    head: null,
    sealedUntil: null,
    unsealed: 0,
  };
  let before = { number: 0, hash: genesis, lastId: 0 };
  for await (const seal of sealsOf(db, project)) {
    findings.add(...checkSeal(seal, before, sha256));
    const lastId = seal.entryIds.reduce((most, id) => Math.max(most, id), before.lastId);
    const rows: { id: number; hash: string }[] = [];
    for await (const lines of linesOf(db, project, { above: before.lastId, upTo: lastId }))
      for (const line of lines) {
        rows.push({ id: line.id, hash: hashOfLine(line) });
        findings.add(dates.check(line));
      }
    findings.add(...checkRows(seal, rows));
    state.entries += rows.length;
    state.seals += 1;
    state.head = seal.hash;
    state.sealedUntil = seal.sealedAt;
    if (wanted.has(seal.number)) hashes.set(seal.number, seal.hash);
    before = { number: seal.number, hash: seal.hash, lastId };
  }
  for await (const lines of linesOf(db, project, { above: before.lastId }))
    for (const line of lines) {
      state.entries += 1;
      findings.add(dates.check(line));
      if (line.id <= sealedUpTo) findings.add(inserted(project, line.id));
      else state.unsealed += 1;
    }
  for (const head of signed) findings.add(checkHead(head, (number) => hashes.get(number)));
  return state;
}

/**
 * Computes the audit trail anew, in one snapshot and in parts, and names every row and seal that is not what was sealed:
 * of one project, or of all. Signed heads come from the folder they are written to, or from `headsFile`, a copy that was
 * kept elsewhere.
 */
export async function verifyAudit(
  { db, secrets }: Pick<Deps, 'db' | 'secrets'>,
  {
    dataDir,
    project,
    headsFile,
  }: { dataDir: string; project?: number | undefined; headsFile?: string | undefined },
): Promise<Verified> {
  const given = headsFile === undefined ? undefined : await readHeads(headsFile);
  const headsOf = async (id: number): Promise<readonly HeadLine[]> =>
    given === undefined ? keptHeads(dataDir, id) : given.filter(({ head }) => head?.project === id);
  const headed =
    given === undefined
      ? await projectsWithHeads(dataDir)
      : given.flatMap(({ head }) => (head === undefined ? [] : [head.project]));
  return db.transaction(
    async (tx) => {
      const known = await projectsOfAudit(tx);
      const all = [...new Set([...known, ...headed])].sort((one, other) => one - other);
      const marks = await readMarks(tx, [sealMarks.sealed]);
      const findings = new Findings();
      for (const { line, head } of given ?? []) if (head === undefined) findings.add(unreadable(0, line));
      const projects: VerifiedProject[] = [];
      for (const id of project === undefined ? all : [project]) {
        const facts = { heads: await headsOf(id), sealedUpTo: marks.get(sealMarks.sealed) ?? 0, findings };
        projects.push(await verifyProject(tx, id, facts, secrets));
      }
      return { projects, ok: findings.count === 0, findings: findings.listed, found: findings.count };
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}
