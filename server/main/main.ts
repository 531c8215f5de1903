import { type Config, ConfigError, readConfig } from '@/server/config';
import type { Running, Start } from './targets/target';

/** Targets that serve until they are stopped. Loaded on demand: a broker need not know Next. */
const services: Record<string, () => Promise<{ start: Start }>> = {
  gateway: () => import('./targets/gateway'),
  pages: () => import('./targets/pages'),
  broker: () => import('./targets/broker'),
  bridge: () => import('./targets/bridge'),
  'virtual-lock': () => import('./targets/virtual-lock'),
  'demo-hub': () => import('./targets/demo-hub'),
  hub: () => import('./targets/hub'),
  'matter-lock': () => import('./targets/matter-lock'),
};

const tell = (message: object): void => {
  process.send?.(message);
};

/** Serves until asked to stop: by a message of the supervisor, by a signal, or because the supervisor is gone. */
function serve(running: Running): void {
  let isStopping = false;
  const stop = () => {
    if (isStopping) return;
    isStopping = true;
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  // Ctrl-C reaches the whole group; under the supervisor the order of stopping is its own affair.
  process.on('SIGINT', () => {
    if (process.send === undefined) stop();
  });
  process.on('message', (message: unknown) => {
    if ((message as { type?: unknown } | null)?.type === 'stop') stop();
  });
  process.on('disconnect', stop);
  // With port 0 the system has chosen one; whoever started us wants to know it.
  tell({ type: 'ready', ...('port' in running ? { port: running.port } : {}) });
}

async function runOnce(target: string, config: Config, args: readonly string[]): Promise<number | undefined> {
  switch (target) {
    case 'migrate': {
      await (await import('./targets/migrate')).run(config);
      const lines = await (await import('./targets/first-admin')).run(config);
      if (process.send === undefined && lines.length > 0) console.log(lines.join('\n'));
      tell({ type: 'staff', lines });
      return 0;
    }
    case 'demo': {
      const lines = await (await import('./targets/demo')).run(config);
      if (process.send === undefined) console.log(lines.join('\n'));
      tell({ type: 'demo', lines });
      return 0;
    }
    case 'admin':
      return (await import('./targets/admin')).run(config, args);
    case 'bench':
      return (await import('@/server/bench/run')).runBench(config, args);
    case 'all': {
      const { supervise } = await import('./supervisor');
      await supervise(config, { dev: args.includes('--dev') });
      return undefined;
    }
    default:
      return undefined;
  }
}

async function main(): Promise<void> {
  const words = process.argv.slice(2);
  const named = words.find((word) => word.startsWith('--target='));
  const target = named?.slice('--target='.length) ?? 'all';
  const args = words.filter((word) => word !== named && word !== '--');
  const config = readConfig();
  const load = services[target];
  if (load !== undefined) return serve(await (await load()).start(config));
  const code = await runOnce(target, config, args);
  if (code === undefined && target !== 'all') throw new ConfigError(`There is no target '${target}'.`);
  if (code !== undefined) {
    // Let the supervisor's channel drain before the process ends.
    process.disconnect?.();
    process.exitCode = code;
  }
}

main().catch((error: unknown) => {
  if (process.argv.includes('--target=admin')) {
    process.stdout.write(
      `${JSON.stringify({ error: error instanceof Error ? error.message : String(error) })}\n`,
    );
  } else {
    console.error(error instanceof ConfigError ? error.message : error);
  }
  process.exit(1);
});
