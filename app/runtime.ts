import 'server-only';
import { readConfig } from '@/server/config';
import { ensureSecretsKey } from '@/server/embedded/secrets-key';
import type { Deps } from '@/server/services/deps';
import { openDeps } from '@/server/services/open-deps';

interface Runtime {
  deps: Deps;
  trustProxy: boolean;
}
// Next loads a module once per bundle; the connections belong to the process.
const holder = globalThis as { latchkeyRuntime?: Promise<Runtime> };

async function open(): Promise<Runtime> {
  const config = readConfig();
  const SECRETS_KEY = config.SECRETS_KEY ?? (await ensureSecretsKey(config.dataDir));
  const { deps } = await openDeps({ ...config, SECRETS_KEY }, 'pages', 10);
  // Behind the gateway, which has already judged whom to believe.
  return { deps, trustProxy: true };
}

/** The process's connections and settings, opened at first need. */
export async function getApiRuntime(): Promise<Runtime> {
  holder.latchkeyRuntime ??= open();
  holder.latchkeyRuntime.catch(() => {
    delete holder.latchkeyRuntime;
  });
  return holder.latchkeyRuntime;
}

/** What services need. */
export async function getRuntime(): Promise<Deps> {
  return (await getApiRuntime()).deps;
}
