import type { InputOf, OutputOf } from '../../contracts/operation';
import type { createStaff as operation } from '../../contracts/staff';
import type { Caller, Deps } from '../deps';
import { viewAccounts } from './account';
import { addAccount } from './add-account';
import { toSetUpLink } from './set-up-link';

/** POST /staff/accounts: a new member of staff, with the link that they set their password by. */
export async function createAccount(
  deps: Deps,
  caller: Caller,
  { body: { email, name, role, everyProject, projects } }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const { account, setUp } = await addAccount(deps, caller, {
    email,
    name,
    role,
    projects: everyProject === true ? 'all' : (projects ?? []),
  });
  const [view] = await viewAccounts(deps.db, [account]);
  if (view === undefined || setUp === undefined) throw new Error('no account was made');
  return {
    account: view,
    setUp: toSetUpLink(setUp, deps.publicUrl ?? caller.origin ?? deps.messaging.origin),
  };
}
