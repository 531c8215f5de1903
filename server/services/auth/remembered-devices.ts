import type { Principal } from '../../domain/principal';
import { Recent } from '../../domain/recent';
import type { Deps } from '../deps';
import { areKeysGood } from '../devices/are-keys-good';

type DevicePrincipal = Extract<Principal, { kind: 'device' }>;

const rememberedMost = 50_000;
/** By database handle, which is one a process: who was behind the hash of a key when it was last looked up. */
const memories = new WeakMap<object, Recent<string, DevicePrincipal>>();

function memoryOf(db: object): Recent<string, DevicePrincipal> {
  let memory = memories.get(db);
  if (memory === undefined) {
    memory = new Recent(rememberedMost);
    memories.set(db, memory);
  }
  return memory;
}

/** Keeps in mind whose key this is, for `recallDevice`. */
export function rememberDevice({ db }: Pick<Deps, 'db'>, keyHash: string, device: DevicePrincipal): void {
  memoryOf(db).set(keyHash, device);
}

/**
 * The device whose key this was when it was last looked up; undefined: not known. It may have lost it since: what it does has to
 * prove the key (`unproved`), and nothing but that may be told before `isProved` has said so.
 */
export function recallDevice({ db }: Pick<Deps, 'db'>, keyHash: string): DevicePrincipal | undefined {
  const device = memoryOf(db).get(keyHash);
  return device === undefined ? undefined : { ...device, unproved: keyHash };
}

/** Whether a caller is still who it was when it was remembered; true for whoever was looked up. Forgets who is not. */
export async function isProved({ db }: Pick<Deps, 'db'>, principal: Principal): Promise<boolean> {
  if (principal.kind !== 'device' || principal.unproved === undefined) return true;
  const { deviceId, unproved } = principal;
  if ((await areKeysGood({ db }, [deviceId]))(deviceId, Buffer.from(unproved, 'hex'))) return true;
  memoryOf(db).delete(unproved);
  return false;
}
