import type { Environment } from '@matter/main';
import type { Logger } from '@/server/config/log';

/** The parts that need matter.js, loaded when a process first wants them: it takes a second and tens of megabytes. */
export async function loadMatter(settings: { folder: string; log: Logger }): Promise<{
  environment: Environment;
  controller: typeof import('./controller');
  lockDevice: typeof import('./lock-device');
}> {
  const { matterEnvironment } = await import('./environment');
  const environment = await matterEnvironment(settings);
  const [controller, lockDevice] = await Promise.all([import('./controller'), import('./lock-device')]);
  return { environment, controller, lockDevice };
}
