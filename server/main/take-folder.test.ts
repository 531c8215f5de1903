import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { takeFolder } from './take-folder';

describe('a folder of one process', () => {
  let place: string;
  beforeAll(async () => {
    place = await mkdtemp(path.join(tmpdir(), 'own-folder-'));
  });
  afterAll(() => rm(place, { recursive: true }));

  it('is for its owner alone, and names who has it and the variable for another', async () => {
    const folder = path.join(place, 'hub');
    const holder = fork(
      '-e',
      [
        `import('./server/embedded/lock-file.mjs')
          .then(({ takeLock }) => takeLock(process.argv[1] + '/lock', { purpose: 'test' }))
          .then(() => process.send('held')); setInterval(() => {}, 1e6)`,
        folder,
      ],
      { execArgv: [] },
    );
    await once(holder, 'message');
    await expect(takeFolder(folder, 'HUB_DATA_DIR', 'hub')).rejects.toThrow(
      `${folder} is in use by process ${holder.pid} (test). Stop it (kill ${holder.pid}), or start with another HUB_DATA_DIR.`,
    );
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    await takeFolder(folder, 'HUB_DATA_DIR', 'hub');
    const made = path.join(place, 'new');
    await takeFolder(made, 'HUB_DATA_DIR', 'hub');
    expect((await stat(made)).mode & 0o777).toBe(0o700);
  });

  it('that cannot be made is named with its variable', async () => {
    await writeFile(path.join(place, 'file'), '');
    const folder = path.join(place, 'file/hub');
    await expect(takeFolder(folder, 'HUB_DATA_DIR', 'hub')).rejects.toThrow(
      `HUB_DATA_DIR: ${folder} cannot be written (ENOTDIR`,
    );
  });
});
