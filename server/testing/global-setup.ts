import type { TestProject } from 'vitest/node';
import { readConfig } from '../config';
import { run as migrate } from '../main/targets/migrate';
import { makeCluster } from './cluster';
import { startPages } from './pages';
import { startSystem } from './system';

declare module 'vitest' {
  export interface ProvidedContext {
    url: string;
    /** Where the pages process serves the same API; empty when the run is limited to the gateway. */
    pagesUrl: string;
    mqttUrl: string;
    databaseUrl: string;
    /** The owner of the schema, for tests that change tables. */
    ownerUrl: string;
    secretsKey: string;
  }
}

/** One system for all tests; each test mints its own project, homes and locks in it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const removeCluster = await makeCluster(({ url, ownerUrl }) =>
    migrate(readConfig({ NODE_ENV: 'test', DATABASE_URL: url, DATABASE_OWNER_URL: ownerUrl })),
  );
  const system = await startSystem();
  const isGatewayAlone = process.env.LATCHKEY_MOUNTS === 'gateway';
  const pages = isGatewayAlone
    ? undefined
    : await startPages(system).catch(async (error: unknown) => {
        await system.stop();
        throw error;
      });
  project.provide('url', system.url);
  project.provide('pagesUrl', pages?.url ?? '');
  project.provide('mqttUrl', system.mqttUrl);
  project.provide('databaseUrl', system.databaseUrl);
  project.provide('ownerUrl', system.ownerUrl);
  project.provide('secretsKey', system.secretsKey);
  return async () => {
    await pages?.stop();
    await system.stop();
    await removeCluster();
  };
}
