import { type Config, ConfigError } from '@/server/config';
import { openDatabase } from '@/server/db/client';
import { systemClock } from '@/server/services/deps';
import { ensureFirstAdmin } from '@/server/services/staff/ensure-first-admin';

/** Makes the first administrator. Returns lines for the banner: the link that sets the password, until somebody has used it. */
export async function run(config: Config): Promise<string[]> {
  const url = config.DATABASE_URL ?? config.DATABASE_OWNER_URL;
  if (url === undefined) throw new ConfigError('These settings are needed by migrate: DATABASE_URL');
  const database = openDatabase({ url, applicationName: 'latchkey-first-admin', max: 1 });
  try {
    const first = await ensureFirstAdmin({ db: database.db, clock: systemClock });
    if (first === undefined) return [];
    return [
      `Support   ${first.email}`,
      `Set up    ${config.PUBLIC_URL?.replace(/\/$/, '') ?? '{url}'}${first.path}`,
      'The link sets the password of the first administrator, once, within 24 hours; a later start makes a new one.',
    ];
  } finally {
    await database.end();
  }
}
