import { type Config, ConfigError } from '@/server/config';
import { migrate } from '@/server/db/migrate';
import { applicationRole } from '../roles';
import { migrationsFolder } from './target';

/** Brings the schema up to date and lets the application's role use it; ends when done. */
export async function run(config: Config): Promise<void> {
  const ownerUrl = config.DATABASE_OWNER_URL ?? config.DATABASE_URL;
  if (ownerUrl === undefined)
    throw new ConfigError('These settings are needed by migrate: DATABASE_OWNER_URL or DATABASE_URL');
  const grantee = applicationRole(config.DATABASE_URL, ownerUrl);
  await migrate(ownerUrl, migrationsFolder, grantee, config.EVENT_RETENTION_MONTHS);
}
