import { asc } from 'drizzle-orm';
import { z } from 'zod';
import { staffAccounts } from '@/drizzle/schema';
import { type StaffRole, staffRole } from '../contracts/staff';
import { invalidField } from '../domain/errors';
import { randomKey } from '../services/secrets';
import { accountByEmail, projectsOf, viewAccounts } from '../services/staff/account';
import { addAccount } from '../services/staff/add-account';
import { disableAccount } from '../services/staff/disable-account';
import { enableAccount } from '../services/staff/enable-account';
import { operator } from '../services/staff/operator';
import { renewSetUp } from '../services/staff/renew-set-up';
import { setProjects } from '../services/staff/set-projects';
import { type AdminDeps, type Command, command, flag, number, text } from './command';

interface WantedStaff {
  email: string;
  role: StaffRole;
  name?: string | undefined;
  password?: string | undefined;
  project?: number | undefined;
}

/** Makes a staff account with a password, a random one unless one is given; without a project it works for all of them. */
export async function makeStaff(
  deps: AdminDeps,
  { email, role, name, password = randomKey(20), project }: WantedStaff,
): Promise<object> {
  const projects = project === undefined ? 'all' : [project];
  const wanted = { email, role, name: name ?? email, password, projects } as const;
  const { account } = await addAccount(deps, operator, wanted);
  const [view] = await viewAccounts(deps.db, [account]);
  return { ...view, password };
}

const one = z.strictObject({ email: text });

/** The account that `--email` names. Raises `invalid`. */
async function named({ db }: AdminDeps, email: string) {
  const account = await accountByEmail(db, email);
  if (account === undefined) throw invalidField('email', 'there is no such account');
  return account;
}

/** What became of an account. */
async function shown(deps: AdminDeps, email: string): Promise<unknown> {
  return (await viewAccounts(deps.db, [await named(deps, email)]))[0];
}

const switchWith = (act: typeof disableAccount): Command =>
  command(one, async (deps, { email }) => {
    await act(deps, operator, {
      params: { accountId: (await named(deps, email)).id },
      query: undefined,
      body: undefined,
    });
    return shown(deps, email);
  });

type Projects = readonly number[] | 'all';

/** Chooses anew what an account works for: `decide` is told what it has, and the project named, or undefined for all. */
const rechoose = (decide: (had: Projects, project: number | undefined) => Projects): Command =>
  command(
    one.extend({ project: number.optional(), 'every-project': flag }),
    async (deps, { email, project, 'every-project': isAll }) => {
      if (isAll === (project !== undefined)) throw invalidField('project', 'or --every-project: name one');
      const account = await named(deps, email);
      const wanted = decide(await projectsOf(deps.db, account), project);
      await setProjects(deps, operator, {
        params: { accountId: account.id },
        query: undefined,
        body: wanted === 'all' ? { everyProject: true } : { projects: [...wanted] },
      });
      return shown(deps, email);
    },
  );

const grant = rechoose((had, project) =>
  had === 'all' || project === undefined ? 'all' : [...had, project],
);
const revoke = rechoose((had, project) => {
  if (project === undefined) return had === 'all' ? [] : had;
  if (had === 'all') throw invalidField('project', 'the account works for all: --every-project');
  return had.filter((id) => id !== project);
});

/** People of the support staff: their accounts, and the projects they work for. */
export const staffCommands: Record<string, Record<string, Command>> = {
  staff: {
    create: command(
      one.extend({
        role: staffRole.default('support'),
        password: z.string().max(200).optional(),
        name: text.optional(),
        project: number.optional(),
        'every-project': flag,
      }),
      (deps, { project, 'every-project': isAll, ...wanted }) => {
        if (isAll && project !== undefined) throw invalidField('project', 'or --every-project, not both');
        return makeStaff(deps, { ...wanted, project });
      },
    ),
    list: command(z.strictObject({}), async ({ db }) =>
      viewAccounts(db, await db.select().from(staffAccounts).orderBy(asc(staffAccounts.id))),
    ),
    disable: switchWith(disableAccount),
    enable: switchWith(enableAccount),
    setup: command(one, async (deps, { email }) => {
      const { id } = await named(deps, email);
      const input = { params: { accountId: id }, query: undefined, body: undefined };
      return { id, email, ...(await renewSetUp(deps, operator, input)) };
    }),
    grant,
    revoke,
  },
};
