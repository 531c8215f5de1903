import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Config } from '../config';
import { nodeFlags } from '../config/node-flags';
import { EmbeddedPostgresError } from '../embedded/account';
import { runningPurpose } from '../embedded/borrow';
import { LockedError, takeLock } from '../embedded/lock-file.mjs';
import { bannerLines } from './banner';
import { endLeftoverProcesses } from './leftovers';
import { choosePorts } from './ports';
import { StartError } from './start-error';
import { listenForStop } from './stop-signals';
import { System } from './system';
import { inUse } from './take-folder';

export interface SuperviseOptions {
  dev: boolean;
  /** Program and arguments of a target; this same program by default. */
  command?: (target: string) => readonly string[];
  /** Where the banner goes; stdout by default. */
  print?: (text: string) => void;
  /** Where news and warnings go; stderr by default. */
  say?: (line: string) => void;
}

/** How long to wait for one who is about to go. */
const patienceMs = 30_000;

function ownCommand(target: string, isDev: boolean): readonly string[] {
  const self = fileURLToPath(import.meta.url);
  const flags = [`--target=${target}`, ...(isDev ? ['--dev'] : [])];
  // The bundle and its chunks lie side by side; the sources are run through tsx.
  if (!self.endsWith('.ts')) {
    const main = path.join(path.dirname(self), 'main.js');
    return [process.execPath, ...nodeFlags(), '--enable-source-maps', main, ...flags];
  }
  return [
    process.execPath,
    ...nodeFlags(),
    '--import',
    'tsx',
    path.join(path.dirname(self), 'main.ts'),
    ...flags,
  ];
}

/** Words for a failure that the person can mend; anything else is a fault of ours and is thrown. */
function explain(error: unknown, dataDir: string): string | undefined {
  if (error instanceof LockedError) return inUse(dataDir, error.holder, 'DATA_DIR');
  return error instanceof StartError || error instanceof EmbeddedPostgresError ? error.message : undefined;
}

/**
 * Runs the whole system: PostgreSQL and broker when none are given, migrations, then every process, each started again
 * when it dies. Resolves when a signal has ended it and nothing of it runs any more. When it cannot start it says why on
 * stderr, sets the exit code to 1 and resolves too.
 */
export async function supervise(config: Config, options: SuperviseOptions): Promise<void> {
  const startedAt = performance.now();
  const { dev } = options;
  const command = options.command ?? ((target: string) => ownCommand(target, dev));
  const print = options.print ?? ((text: string) => process.stdout.write(`${text}\n`));
  const say = options.say ?? ((line: string) => process.stderr.write(`${line}\n`));
  // A closed terminal must not end us before the others.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  const system = new System(config, { dev, command, say });
  let lock: Awaited<ReturnType<typeof takeLock>> | undefined;
  const signal = listenForStop(() => {
    say('ending by force');
    system.kill();
    lock?.release();
    process.exit(1);
  });
  try {
    lock = await takeLock(path.join(config.dataDir, 'lock'), {
      purpose: runningPurpose,
      waitMs: ({ purpose }) => (purpose === runningPurpose ? 0 : patienceMs),
      onWait: ({ pid, purpose }) => say(`waiting for process ${pid} (${purpose}) …`),
    });
    await endLeftoverProcesses(config.dataDir, say);
    const ports = await choosePorts(config);
    const started = system.start(ports).then(({ caFile }) => {
      if (system.cancel.signal.aborted) return;
      const { demoLines, staffLines, logFolder } = system;
      const seconds = (performance.now() - startedAt) / 1_000;
      // A program that has started us, a test for example, need not read the banner.
      process.send?.({ type: 'ready', ports, caFile, demoLines, staffLines });
      print(bannerLines({ config, ports, caFile, demoLines, staffLines, logFolder, seconds }).join('\n'));
    });
    // It fails when it is stopped in the middle, which is no news then.
    started.catch(() => {});
    await Promise.race([signal.stopped, started.then(() => signal.stopped)]);
    say('stopping …');
  } catch (error) {
    const words = explain(error, config.dataDir);
    if (words === undefined) throw error;
    say(words);
    process.exitCode = 1;
  } finally {
    lock?.rename(`${runningPurpose}, stopping`);
    if (lock !== undefined) await system.stop();
    lock?.release();
    signal.off();
  }
}
