import { and, asc, eq, isNull } from 'drizzle-orm';
import { staffAccounts } from '@/drizzle/schema';
import type { Deps } from '../deps';
import { accountByEmail } from './account';
import { addAccount } from './add-account';
import { operator } from './operator';
import { issueSetUp } from './set-up-link';

const email = 'admin@latchkey.example';

/**
 * Sees to it that somebody can administer everything: makes the first administrator, and a new set-up link for as long
 * as no administrator of every project has set a password. Undefined: somebody has.
 */
export async function ensureFirstAdmin(
  deps: Pick<Deps, 'db' | 'clock'>,
): Promise<{ email: string; path: string } | undefined> {
  const { db, clock } = deps;
  const admins = await db
    .select()
    .from(staffAccounts)
    .where(
      and(
        eq(staffAccounts.role, 'admin'),
        eq(staffAccounts.everyProject, true),
        isNull(staffAccounts.disabledAt),
      ),
    )
    .orderBy(asc(staffAccounts.id));
  if (admins.some(({ passwordHash }) => passwordHash !== null)) return undefined;
  const [waiting] = admins;
  if (waiting !== undefined)
    return { email: waiting.email, ...(await issueSetUp(db, waiting.id, clock.now())) };
  if ((await accountByEmail(db, email)) !== undefined) return undefined;
  const wanted = { email, name: 'Administrator', role: 'admin', projects: 'all' } as const;
  const { setUp } = await addAccount(deps, operator, wanted);
  return setUp && { email, path: setUp.path };
}
