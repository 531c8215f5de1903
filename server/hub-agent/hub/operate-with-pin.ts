import { type LockOperation, MatterFailure, type MatterLock } from '../matter/face';
import { type Outcome, operateAndSee } from './operate';
import type { OwnPin } from './own-pin';

/**
 * Operates a lock with the PIN of the command, or with the hub's own where the lock wants one and the command brings none.
 * A lock that has forgotten the hub's own is given another, once: it has refused, so it has not moved. Never throws.
 */
export async function operateWithPin(
  lock: MatterLock,
  operation: LockOperation,
  { pin, own, withinMs }: { pin?: string; own: Pick<OwnPin, 'digits' | 'remake'>; withinMs: number },
): Promise<Outcome> {
  const endsAt = performance.now() + withinMs;
  const leftMs = () => Math.floor(endsAt - performance.now());
  if (pin !== undefined) return operateAndSee(lock, operation, { pin, withinMs });
  try {
    const digits = await own.digits(withinMs);
    const outcome = await operateAndSee(lock, operation, {
      withinMs: leftMs(),
      ...(digits === undefined ? {} : { pin: digits }),
    });
    if (digits === undefined || outcome.state !== 'failed' || outcome.error !== 'PIN_REJECTED')
      return outcome;
    const again = leftMs() > 0 ? await own.remake(leftMs()) : undefined;
    if (again === undefined || leftMs() <= 0) return { state: 'failed', error: 'PIN_REQUIRED' };
    const last = await operateAndSee(lock, operation, { pin: again, withinMs: leftMs() });
    const isRefused = last.state === 'failed' && last.error === 'PIN_REJECTED';
    return isRefused ? { state: 'failed', error: 'PIN_REQUIRED' } : last;
  } catch (error) {
    return { state: 'failed', error: error instanceof MatterFailure ? error.code : 'HUB_FAILED' };
  }
}
