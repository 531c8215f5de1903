import { deletePair, type KvOwner, loadPair, savePair } from './kv-store';
import { isSameValue } from './pairs';

/** A value that an import has written, and what stood there before; undefined: nothing. JSON texts. */
export interface Written {
  key: string;
  value: string;
  before: string | undefined;
}

/**
 * Takes an import back, the last first. What somebody has written since stays; its keys are the answer. Throws what a
 * call throws; what was taken back until then is.
 */
export async function undoImport(owner: KvOwner, written: readonly Written[]): Promise<string[]> {
  const left: string[] = [];
  for (const { key, value, before } of [...written].reverse()) {
    const now = await loadPair(owner, key);
    if (now === undefined || !isSameValue(now.value, value)) left.push(key);
    else if (before === undefined) await deletePair(owner, key);
    else await savePair(owner, key, before);
  }
  return left.reverse();
}
