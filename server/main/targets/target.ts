import type { Config } from '@/server/config';

/** What every target exports: constructors do nothing, `stop` drains. */
export interface Running {
  stop(): Promise<void>;
}
export type Start = (config: Config) => Promise<Running>;

/** Folder of the migrations, seen from where the program was started. */
export const migrationsFolder = 'drizzle/migrations';
