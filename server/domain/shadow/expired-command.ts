import { isJsonObject } from '../json';
import type { UpdateRequest } from './request';

/** Members of `desired` that make a thing act, each with the moment past which it must not (matter-hub 8). */
const commands = ['command', 'pin'] as const;

/**
 * Whether an update brings a command of ours whose time is over, as after a wait in a broker or a service that stood
 * still: it is not stored, for things that know nothing of expiry act on whatever is new in `desired` (I4).
 */
export function bringsExpiredCommand({ state }: UpdateRequest, now: Date): boolean {
  const desired = state?.desired;
  if (!isJsonObject(desired)) return false;
  return commands.some((name) => {
    const command = desired[name];
    if (!isJsonObject(command)) return false;
    const { id, type, issuedAt, expiresAt } = command;
    const isOurs = typeof id === 'string' && typeof type === 'string' && typeof issuedAt === 'number';
    return isOurs && typeof expiresAt === 'number' && expiresAt <= now.getTime();
  });
}
