import { readFile } from 'node:fs/promises';
import type { Config } from '@/server/config';
import { readHubConfig } from '@/server/config/hub';
import { makeLog } from '@/server/config/log';
import { startHub } from '@/server/hub-agent/hub/agent';
import { hubCredentials } from '@/server/hub-agent/hub/credentials';
import { takeFolder } from '../take-folder';
import type { Running } from './target';

/** Runs a hub in a home: it needs its own settings, a folder and the network, and nothing else of ours. */
export async function start(config: Config): Promise<Running> {
  const settings = readHubConfig(process.env, config.dataDir);
  const log = makeLog('hub');
  await takeFolder(settings.folder, 'HUB_DATA_DIR', 'hub');
  const ca = settings.HUB_CA_FILE === undefined ? undefined : await readFile(settings.HUB_CA_FILE, 'utf8');
  const credentials = await hubCredentials(settings, ca, log);
  const hub = await startHub(settings, credentials, log);
  log.info({ thing: credentials.thing }, 'the hub is up');
  return { stop: () => hub.stop() };
}
