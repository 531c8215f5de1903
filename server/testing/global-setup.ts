import type { TestProject } from 'vitest/node';
import { startSystem } from './system';

declare module 'vitest' {
  export interface ProvidedContext {
    url: string;
    mqttUrl: string;
    databaseUrl: string;
    secretsKey: string;
  }
}

/** One system for all tests; each test mints its own project, homes and locks in it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const system = await startSystem();
  project.provide('url', system.url);
  project.provide('mqttUrl', system.mqttUrl);
  project.provide('databaseUrl', system.databaseUrl);
  project.provide('secretsKey', system.secretsKey);
  return () => system.stop();
}
