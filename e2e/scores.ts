import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { chromium } from '@playwright/test';
import lighthouse from 'lighthouse';
import { cookiesOf, furnish } from './furnish';
import { allPages, type ShownPage } from './pages';
import startSystem from './start-system';
import { startedSystem } from './started-system';

/**
 * Prints what each page weighs at its first load beside its budget, and the Lighthouse scores (mobile preset, median
 * of five runs) of dashboard, door and guest page, or of those named as arguments. Needs a build. Ends with 1 when a bar is missed.
 */
const scored = ['dashboard', 'door', 'guest'];
/** A page with nothing of ours but its frame: what Next and React cost on this machine, beside which the rest is read. */
const floor = 'missing';
const bars = { performance: 95, accessibility: 100, 'best-practices': 100 } as const;
const usualBudgetKiB = 200;
const shiftMost = 0.02;
/** One load says more about the moment than about the page: of so many the one in the middle counts. */
const runsEach = 5;

type Result = NonNullable<Awaited<ReturnType<typeof lighthouse>>>['lhr'];

interface Weight {
  kib: number;
  budgetKiB: number;
}

const performanceOf = ({ categories }: Result): number => categories.performance?.score ?? 0;

/** The run with the middle score for performance. */
const middleOf = (runs: readonly Result[]): Result =>
  runs.toSorted((one, other) => performanceOf(one) - performanceOf(other))[
    Math.floor(runs.length / 2)
  ] as Result;

/** Gzip size of the scripts that a page's HTML names; of the guest page, of everything there is. */
async function weigh(
  url: string,
  { path, name, budgetKiB = usualBudgetKiB }: ShownPage,
  cookie: string,
): Promise<Weight> {
  const html = await (await fetch(`${url}${path}`, { headers: { cookie } })).text();
  if (name === 'guest') return { kib: gzipSync(html).byteLength / 1024, budgetKiB };
  const sources = new Set(
    [...html.matchAll(/<script[^>]*\ssrc="([^"]+)"[^>]*>/g)]
      .filter(([tag]) => !tag.includes('noModule') && !tag.includes('nomodule'))
      .map(([, source]) => source ?? ''),
  );
  let bytes = 0;
  for (const source of sources) {
    bytes += gzipSync(Buffer.from(await (await fetch(new URL(source, url))).arrayBuffer())).byteLength;
  }
  return { kib: bytes / 1024, budgetKiB };
}

/** What an audit found, in as few words as it has. */
function detailsOf(audit: { details?: unknown } | undefined): string {
  const { items = [] }: { items?: unknown[] } = (audit?.details as { items?: unknown[] } | undefined) ?? {};
  return items.map((item) => `\n    ${JSON.stringify(item).slice(0, 400)}`).join('');
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port: found } = probe.address() as AddressInfo;
  probe.close();
  return found;
}

const stop = await startSystem();
const system = startedSystem();
const furnished = await furnish(system);
const port = await freePort();
const executablePath = process.env.CHROMIUM_PATH;
const browser = await chromium.launch({
  ...(executablePath && { executablePath }),
  args: [`--remote-debugging-port=${port}`, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
});
const given = cookiesOf(furnished, system.url);
const cookie = given.map(({ name, value }) => `${name}=${value}`).join('; ');
const devtools = await browser.newBrowserCDPSession();
await devtools.send('Storage.setCookies', { cookies: given });

/** One load of a page as the mobile preset sees it: caches and workers are emptied before, cookies stay. */
async function look(name: string, url: string): Promise<Result> {
  const run = await lighthouse(url, {
    port,
    output: 'json',
    logLevel: 'error',
    onlyCategories: Object.keys(bars),
    // The floor is an answer of 404.
    ignoreStatusCode: true,
  });
  if (run === undefined) throw new Error(`Lighthouse gave nothing for ${name}`);
  return run.lhr;
}

let missed = 0;
const say = (line: string, isMet: boolean) => {
  if (!isMet) missed += 1;
  process.stdout.write(`${line}${isMet ? '' : '  MISSED'}\n`);
};
try {
  for (const page of allPages(furnished)) {
    const { kib, budgetKiB } = await weigh(system.url, page, page.isPublic ? '' : cookie);
    say(`${page.name.padEnd(20)} ${kib.toFixed(1).padStart(7)} KiB of ${budgetKiB}`, kib <= budgetKiB);
  }
  const only = process.argv.slice(2);
  const isScored = (name: string) =>
    name === floor || (scored.includes(name) && (only.length === 0 || only.includes(name)));
  for (const { name, path } of allPages(furnished).filter((page) => isScored(page.name))) {
    const runs: Result[] = [];
    for (let count = 0; count < runsEach; count += 1) runs.push(await look(name, `${system.url}${path}`));
    const { categories, audits, environment } = middleOf(runs);
    for (const [category, bar] of Object.entries(bars)) {
      const score = Math.round((categories[category]?.score ?? 0) * 100);
      const line = `${name.padEnd(20)} ${category.padEnd(16)} ${score}`;
      if (name === floor) process.stdout.write(`${line} (floor)\n`);
      else say(`${line} of ${bar}`, score >= bar);
      for (const { id } of categories[category]?.auditRefs ?? []) {
        const audit = audits[id];
        const isFailed = category !== 'performance' && audit?.score !== null && (audit?.score ?? 1) < 1;
        if (isFailed) process.stdout.write(`  ${id}: ${audit?.title ?? ''}${detailsOf(audit)}\n`);
      }
    }
    if ((categories.performance?.score ?? 0) * 100 < bars.performance)
      for (const id of ['long-tasks', 'mainthread-work-breakdown', 'bootup-time'])
        process.stdout.write(`  ${id}:${detailsOf(audits[id])}\n`);
    const told = ['largest-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift'];
    if ((audits['cumulative-layout-shift']?.numericValue ?? 0) > shiftMost)
      process.stdout.write(`  layout shifts:${detailsOf(audits['layout-shifts'])}\n`);
    const all = runs.map((run) => Math.round(performanceOf(run) * 100));
    process.stdout.write(
      `  performance of the ${runsEach} runs: ${all.join(', ')} (benchmark index of the machine ${environment.benchmarkIndex})\n`,
    );
    process.stdout.write(`  ${told.map((id) => `${id} ${audits[id]?.displayValue ?? '?'}`).join(', ')}\n`);
  }
} finally {
  await browser.close();
  await furnished.end();
  await stop();
}
process.exitCode = missed === 0 ? 0 : 1;
