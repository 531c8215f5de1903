import { randomUUID } from 'node:crypto';
import { staffAccounts, staffSessions } from '@/drizzle/schema';
import { hashToken, randomKey } from '@/server/services/secrets';
import { type Figure, summarise } from './statistics';
import type { System } from './system';

const warmUps = 5;

/** A member of staff of these projects, signed in. Returns the cookie. */
async function signIn(
  { database: { db } }: System,
  everyProject: boolean,
  projectId: number,
): Promise<string> {
  const now = new Date();
  const [account] = await db
    .insert(staffAccounts)
    .values({ email: `${randomUUID()}@bench.invalid`, name: 'Bench', role: 'support', everyProject })
    .returning({ id: staffAccounts.id });
  if (account === undefined) throw new Error('no account was made');
  if (!everyProject)
    await db.execute(
      `insert into staff_grants (account_id, project_id) values (${account.id}, ${projectId})`,
    );
  const token = randomKey();
  await db.insert(staffSessions).values({
    id: randomUUID(),
    accountId: account.id,
    tokenHash: hashToken(token),
    createdAt: now,
    provedAt: now,
    lastSeenAt: now,
    expiresAt: new Date(now.getTime() + 3_600_000),
  });
  return `latchkey.staff=${token}`;
}

async function ask(url: string, cookie: string, path: string): Promise<{ took: number; isGood: boolean }> {
  const from = performance.now();
  const answer = await fetch(`${url}/staff/${path}`, { headers: { cookie } });
  await answer.text();
  return { took: performance.now() - from, isGood: answer.status === 200 };
}

/**
 * Asks questions of the support console by HTTP, one at a time, each of them again and again, as staff of one project and
 * as staff of all; beside each a look at a table that is nearly empty, by the same caller and way.
 */
export async function askAsStaff(
  system: System,
  projectId: number,
  asked: { of: string; questions: Record<string, (n: number) => string>; seconds: number; barMs: number },
): Promise<Figure[]> {
  const { of, questions, seconds, barMs } = asked;
  const figures: Figure[] = [];
  for (const [who, everyProject] of [
    ['staff of one project', false],
    ['staff of all', true],
  ] as const) {
    const group = `${of}, ${who}`;
    const measure = async (path: (n: number) => string) => {
      // Another account each time: one alone may not ask so often.
      const cookie = await signIn(system, everyProject, projectId);
      for (let n = 0; n < warmUps; n += 1) await ask(system.url, cookie, path(n));
      const samples: number[] = [];
      let failures = 0;
      const until = performance.now() + seconds * 1_000;
      for (let n = warmUps; performance.now() < until; n += 1) {
        const { took, isGood } = await ask(system.url, cookie, path(n));
        if (isGood) samples.push(took);
        else failures += 1;
      }
      return { times: summarise(samples), failures };
    };
    const floor = await measure(() => 'views');
    for (const [name, question] of Object.entries(questions)) {
      const { times, failures } = await measure(question);
      const ratio = times.p50 / floor.times.p50;
      const bar = `p99 < ${barMs} ms`;
      figures.push({ group, name, times, ratio, failures, bar, isMet: times.p99 < barMs });
    }
    figures.push({ group, name: 'floor: the kept searches', ...floor });
  }
  return figures;
}
