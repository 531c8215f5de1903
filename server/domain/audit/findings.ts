import { type Head, type Seal, type SealedLine, sealText } from './chain';

/** What is wrong with an audit trail. */
export type FindingKind =
  | 'changed-row'
  | 'removed-row'
  | 'inserted-row'
  | 'back-dated-row'
  | 'broken-seal'
  | 'broken-link'
  | 'truncated-chain'
  | 'replaced-seal'
  | 'bad-signature';

export interface Finding {
  kind: FindingKind;
  project: number;
  /** The row it is about. */
  id?: number;
  /** The seal it is about. */
  number?: number;
  message: string;
}

type Hash = (text: string) => string;

/** What is wrong with a seal by itself and as the follower of the one before it. */
export function checkSeal(
  seal: Seal & { hash: string },
  before: { number: number; hash: string; lastId: number },
  hash: Hash,
): Finding[] {
  const { projectId: project, number } = seal;
  const found: Finding[] = [];
  const add = (kind: FindingKind, message: string) => found.push({ kind, project, number, message });
  if (number !== before.number + 1)
    add('broken-link', `follows seal ${before.number}: the seals between them are gone`);
  else if (seal.previousHash !== before.hash)
    add('broken-link', `does not follow seal ${before.number} as that stands now`);
  if (hash(sealText(seal)) !== seal.hash) add('broken-seal', 'its hash is not that of what it holds');
  let last = before.lastId;
  const isAscending = seal.entryIds.every((id) => {
    const isHigher = id > last;
    last = Math.max(last, id);
    return isHigher;
  });
  if (!isAscending || seal.entryIds.length !== seal.entryHashes.length)
    add('broken-seal', 'its rows do not stand in order, each once and each with its hash');
  return found;
}

/** What is wrong with the rows of a seal: those it names against those that are there in its range of ids. */
export function checkRows(seal: Seal, rows: readonly { id: number; hash: string }[]): Finding[] {
  const { projectId: project, number } = seal;
  const present = new Map(rows.map(({ id, hash }) => [id, hash]));
  const found: Finding[] = [];
  for (const [index, id] of seal.entryIds.entries()) {
    const hash = present.get(id);
    present.delete(id);
    if (hash === undefined)
      found.push({ kind: 'removed-row', project, id, number, message: 'was sealed and is gone' });
    else if (hash !== seal.entryHashes[index])
      found.push({ kind: 'changed-row', project, id, number, message: 'is not what was sealed' });
  }
  for (const id of present.keys()) found.push(inserted(project, id));
  return found;
}

/** A row below what has been sealed that no seal holds. */
export const inserted = (project: number, id: number): Finding => ({
  kind: 'inserted-row',
  project,
  id,
  message:
    'is in no seal, though later rows are sealed: it was put in afterwards, or its seal was taken away',
});

/** Deeds are written when they are done; so far apart clocks and transactions do not get. */
const dateToleranceMs = 600_000;
const remembered = 3;

/**
 * Names rows that are dated long before the rows written before them. Copies of older records are not judged; nor does
 * one row from a clock that was ahead for a moment condemn those after it.
 */
export class DateOrder {
  #recent: number[] = [];

  /** Takes rows in order of their ids. */
  check({ id, projectId, source, createdAt }: SealedLine): Finding | undefined {
    if (source !== null) return undefined;
    const at = Date.parse(createdAt);
    const isEarly = this.#recent.length > 0 && at < Math.min(...this.#recent) - dateToleranceMs;
    if (!isEarly) {
      this.#recent = [...this.#recent, at].slice(-remembered);
      return undefined;
    }
    return {
      kind: 'back-dated-row',
      project: projectId,
      id,
      message: `is dated ${createdAt}, long before the rows that were written before it`,
    };
  }
}

/** What a signed head says against a chain; `hashAt` knows the hash of a seal, undefined where there is none. */
export function checkHead(
  { project, number, hash }: Head,
  hashAt: (number: number) => string | undefined,
): Finding | undefined {
  const actual = hashAt(number);
  if (actual === undefined)
    return {
      kind: 'truncated-chain',
      project,
      number,
      message: `a signed head names seal ${number}, which is gone`,
    };
  return actual === hash
    ? undefined
    : { kind: 'replaced-seal', project, number, message: `is another one than the signed head names` };
}
