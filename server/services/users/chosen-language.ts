import { eq } from 'drizzle-orm';
import { users } from '@/drizzle/schema';
import type { Language } from '../../domain/language';
import type { Deps } from '../deps';

/** The language that is kept with an account; undefined: none was ever told. */
export async function chosenLanguage(
  { db }: Pick<Deps, 'db'>,
  userId: number,
): Promise<Language | undefined> {
  const [row] = await db.select({ language: users.language }).from(users).where(eq(users.id, userId));
  return row?.language ?? undefined;
}
