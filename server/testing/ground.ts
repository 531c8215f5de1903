import { afterAll, inject } from 'vitest';
import { type Factory, makeFactory } from './factories';

/** The factory of a test file on the system that all files share; it is closed when the file is done. */
export function ground(): Factory {
  const factory = makeFactory({
    databaseUrl: inject('databaseUrl'),
    mqttUrl: inject('mqttUrl'),
    secretsKey: inject('secretsKey'),
  });
  afterAll(() => factory.end());
  return factory;
}
