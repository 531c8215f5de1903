/** A line of the audit trail as its hash covers it: every column that says something, `data` as the stored JSON text. */
export interface SealedLine {
  id: number;
  projectId: number;
  homeId: number | null;
  actorKind: string;
  actorId: string;
  actorName: string;
  action: string;
  subjectKind: string | null;
  subjectId: string | null;
  reason: string | null;
  address: string | null;
  data: string | null;
  source: string | null;
  /** ISO 8601, UTC, milliseconds. */
  createdAt: string;
}

/** A link of a project's chain; hashes are SHA-256, hexadecimal. */
export interface Seal {
  projectId: number;
  /** 1, 2, 3, … */
  number: number;
  /** Ascending, and all above those of the seal before. */
  entryIds: readonly number[];
  entryHashes: readonly string[];
  previousHash: string;
  /** ISO 8601, UTC, milliseconds. */
  sealedAt: string;
}

/** The end of a chain at a moment, as it is signed. */
export interface Head {
  project: number;
  number: number;
  hash: string;
  /** ISO 8601. */
  at: string;
}

/** What the first seal of a project follows. */
export const genesis = '0'.repeat(64);

/** Lines that one seal holds at most. */
export const linesPerSeal = 1_000;

/** The text whose SHA-256 stands for a line: one JSON array in this order, so that no two lines share a text. */
export const lineText = (line: SealedLine): string =>
  JSON.stringify([
    'latchkey audit line 1',
    line.id,
    line.projectId,
    line.homeId,
    line.actorKind,
    line.actorId,
    line.actorName,
    line.action,
    line.subjectKind,
    line.subjectId,
    line.reason,
    line.address,
    line.data,
    line.source,
    line.createdAt,
  ]);

/** The text whose SHA-256 is a seal's hash. */
export const sealText = (seal: Seal): string =>
  JSON.stringify([
    'latchkey audit seal 1',
    seal.projectId,
    seal.number,
    seal.previousHash,
    seal.entryIds,
    seal.entryHashes,
    seal.sealedAt,
  ]);

/** The text that is signed for a head. */
export const headText = ({ project, number, hash, at }: Head): string =>
  JSON.stringify(['latchkey audit head 1', project, number, hash, at]);

/** Lines of one project, ascending, in the batches that become seals. */
export function batches<Line>(lines: readonly Line[]): Line[][] {
  const parts: Line[][] = [];
  for (let start = 0; start < lines.length; start += linesPerSeal)
    parts.push(lines.slice(start, start + linesPerSeal));
  return parts;
}
