import { Failure } from '../../domain/errors';

/** A WebSocket endpoint that was asked without an upgrade (mode-api 6.1). */
export async function onlyUpgrades(): Promise<undefined> {
  throw new Failure('unparsable', {
    reason: 'INVALID_PARAMETER',
    issues: [{ field: 'Upgrade', message: 'this address is a WebSocket' }],
  });
}
