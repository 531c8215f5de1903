import { readFileSync } from 'node:fs';

/** The system that all browser tests use, and who may sign in. */
export interface StartedSystem {
  url: string;
  httpsUrl: string;
  mqttUrl: string;
  email: string;
  password: string;
  /** Key of the lock API for the demo's project. */
  apiKey: string;
  caFile: string;
  dataDir: string;
}

/** Reads what the set-up has started. */
export function startedSystem(): StartedSystem {
  const file = process.env.LATCHKEY_E2E_SYSTEM;
  if (file === undefined)
    throw new Error('no system was started; run the tests with e2e/playwright.config.ts');
  return JSON.parse(readFileSync(file, 'utf8')) as StartedSystem;
}
