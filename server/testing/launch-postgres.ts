import { startEmbeddedPostgres } from '../embedded/postgres';

// A launcher that a test can kill: starts the database of the DATA_DIR it is given and says so on its IPC channel.
const dataDir = process.argv[2];
if (dataDir === undefined) throw new Error('usage: launch-postgres.ts DATA_DIR [--ends-with-launcher]');
const endsWithLauncher = process.argv[3] === '--ends-with-launcher';
const { url, ownerUrl, port, pid } = await startEmbeddedPostgres({
  dataDir,
  endsWithLauncher,
  log: () => {},
});
process.send?.({ url, ownerUrl, port, pid });
