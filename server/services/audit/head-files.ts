import { appendFile, chmod, mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { invalidField } from '../../domain/errors';
import type { SignedHead } from './head-keys';

const headShape = z.object({
  project: z.number().int().nonnegative(),
  number: z.number().int().positive(),
  hash: z.string().max(200),
  at: z.string().max(40),
  publicKey: z.string().max(200),
  signature: z.string().max(200),
});

/** A line of a file of heads that can be read as one, or not. */
export type HeadLine = { line: number; head: SignedHead } | { line: number; head: undefined };

export const headsFolder = (dataDir: string): string => path.join(dataDir, 'audit-heads');
const fileOf = (dataDir: string, project: number): string =>
  path.join(headsFolder(dataDir), `${project}.jsonl`);

/** Adds a head to the file of its project, which the owner of the process alone may read. */
export async function appendHead(dataDir: string, head: SignedHead): Promise<void> {
  const folder = headsFolder(dataDir);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  await appendFile(fileOf(dataDir, head.project), `${JSON.stringify(head)}\n`, { mode: 0o600 });
}

function parse(text: string): SignedHead | undefined {
  try {
    return headShape.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

const linesIn = (text: string): HeadLine[] =>
  text
    .split('\n')
    .map((line, index) => ({ line: index + 1, text: line.trim() }))
    .filter(({ text: line }) => line !== '')
    .map(({ line, text: json }) => ({ line, head: parse(json) }));

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** The heads in a file. Raises `invalid` where it cannot be read. */
export async function readHeads(file: string): Promise<HeadLine[]> {
  try {
    return linesIn(await readFile(file, 'utf8'));
  } catch (error) {
    throw invalidField('heads', error instanceof Error ? error.message : 'cannot be read');
  }
}

/** The heads that were written out for a project; none where there is no file. */
export async function keptHeads(dataDir: string, project: number): Promise<HeadLine[]> {
  try {
    return linesIn(await readFile(fileOf(dataDir, project), 'utf8'));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** Projects that heads were written out for. */
export async function projectsWithHeads(dataDir: string): Promise<number[]> {
  try {
    const names = await readdir(headsFolder(dataDir));
    return names.flatMap((name) => (/^\d{1,15}\.jsonl$/.test(name) ? [Number.parseInt(name, 10)] : []));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
