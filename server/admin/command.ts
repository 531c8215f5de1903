import { asc, eq } from 'drizzle-orm';
import { z } from 'zod';
import { projects } from '@/drizzle/schema';
import { invalidField, missingField } from '../domain/errors';
import type { Deps } from '../services/deps';

export type AdminDeps = Pick<Deps, 'db' | 'clock' | 'bus' | 'secrets' | 'messaging' | 'publicUrl'> & {
  /** Where certificates are made, and whether the server's own is of our authority. */
  certificates?: { dataDir: string; isServerOurs: boolean };
};

/** One verb of the operator's command line: its flags, and what is printed. */
export interface Command {
  flags: z.ZodType;
  run(deps: AdminDeps, flags: never): Promise<unknown>;
}

/** Declares a verb and keeps the types of its flags. */
export const command = <Flags extends z.ZodType>(
  flags: Flags,
  run: (deps: AdminDeps, flags: z.output<Flags>) => Promise<unknown>,
): Command => ({
  flags,
  run: run as Command['run'],
});

export const number = z.coerce.number().int().positive();
export const text = z.string().min(1).max(200);
export const flag = z
  .union([z.literal('true'), z.literal('false')])
  .default('false')
  .transform((value) => value === 'true');
export const inProject = z.strictObject({ project: number.optional() });

/** The project named by the flag, or the only one there is. Raises `invalid`. */
export async function projectId({ db }: AdminDeps, given: number | undefined): Promise<number> {
  if (given !== undefined) {
    const [named] = await db.select({ id: projects.id }).from(projects).where(eq(projects.id, given));
    if (named === undefined) throw invalidField('project', 'there is no such project');
    return named.id;
  }
  const rows = await db.select({ id: projects.id }).from(projects).orderBy(asc(projects.id)).limit(2);
  const [only] = rows;
  if (only === undefined || rows.length > 1) throw missingField('project');
  return only.id;
}
