import { randomUUID } from 'node:crypto';
import { isJsonObject } from '../../domain/json';
import type { Deps } from '../deps';
import { type EndedCommand, memberOf } from '../openings/commands-to-withdraw';
import { markCommandWithdrawn } from './mark-command-withdrawn';

const answerMs = 5_000;
const triesMost = 3;

/** Whether the shadow is free of the command now; false: it has changed meanwhile, look again. */
async function tryOnce(deps: Deps, ended: EndedCommand): Promise<boolean> {
  const { id, thing } = ended;
  const member = memberOf(ended);
  const address = { thing, name: '' };
  const got = await deps.shadow.request(address, 'get', { clientToken: randomUUID() }, answerMs);
  if (got.kind === 'rejected' && got.code === 404) return true;
  if (got.kind !== 'accepted') throw new Error(`the shadow was not read: ${got.kind}`);
  const { state, version } = got.document as {
    state?: { desired?: Record<string, unknown> };
    version?: unknown;
  };
  const command = state?.desired?.[member];
  if (!isJsonObject(command) || command.id !== id) return true;
  const request = { state: { desired: { [member]: null } }, version, clientToken: randomUUID() };
  const told = await deps.shadow.request(address, 'update', request, answerMs);
  if (told.kind === 'rejected' && told.code === 409) return false;
  if (told.kind !== 'accepted') throw new Error(`the command was not withdrawn: ${told.kind}`);
  return true;
}

/**
 * Takes an ended command out of a shadow that somebody else keeps, if it is the one that stands there: read, then
 * written with the version that was read. Raises an error when the service does not answer; the expiry tries again.
 */
export async function withdrawByRequest(deps: Deps, command: EndedCommand): Promise<void> {
  for (let count = 0; count < triesMost; count += 1) {
    if (await tryOnce(deps, command)) {
      await markCommandWithdrawn(deps.db, command, deps.clock.now());
      return;
    }
  }
  throw new Error('the shadow changes too often to withdraw a command');
}
