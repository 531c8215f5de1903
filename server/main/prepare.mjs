import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { takeLock } from '../embedded/lock-file.mjs';
import { arePagesBuilt, ensurePagesBuilt, ensureServerBuilt, isServerBuilt } from './build.mjs';
import { ensureInstalled, isInstalled } from './install.mjs';
import { say } from './progress.mjs';

/** Folder of the checkout. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '');

const longestPreparationMs = 30 * 60_000;

/**
 * Installs and builds what is missing. Two that start at once take turns, and the second finds the work done.
 * @param {{ server: boolean, pages: boolean }} wanted
 */
export async function prepare(wanted) {
  const isReady = () =>
    isInstalled(root) && (!wanted.server || isServerBuilt(root)) && (!wanted.pages || arePagesBuilt(root));
  if (isReady()) return;
  const lock = await takeLock(path.join(root, '.cache/prepare.lock'), {
    purpose: 'installing and building',
    waitMs: () => longestPreparationMs,
    onWait: ({ pid }) => say(`waiting for process ${pid}, which is installing and building in this folder …`),
  });
  try {
    await ensureInstalled(root);
    if (wanted.server) await ensureServerBuilt(root);
    if (wanted.pages) await ensurePagesBuilt(root);
  } finally {
    lock.release();
  }
}
