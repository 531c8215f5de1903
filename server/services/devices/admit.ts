import type { OperationId } from '../../contracts/registry';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { loadDevice } from './load-device';
import type { DeviceRow } from './view';

/** Loads a device for a call that the table allows; raises `not_found` or `forbidden` otherwise. */
export async function admit(
  { db }: Deps,
  { principal }: Caller,
  operation: OperationId,
  deviceId: number,
): Promise<DeviceRow> {
  const { device, facts } = await loadDevice(db, principal, deviceId);
  authorise(operation, principal, facts);
  if (device === undefined) throw new Failure('not_found', { reason: 'NOT_FOUND' });
  return device;
}

/** The device moved to another home, or went, between the look and the write: the caller may ask again. */
export const movedMeanwhile = (): Failure => new Failure('unavailable', { retryAfterSeconds: 1 });
