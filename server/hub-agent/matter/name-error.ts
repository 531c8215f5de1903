import { CanceledError, ClosedError, causedBy, TimeoutError, UnexpectedDataError } from '@matter/main';
import { DoorLock } from '@matter/main/clusters/door-lock';
import { DiscoveryError } from '@matter/main/node';
import {
  CommissioningTimeoutError,
  DeviceAlreadyCommissionedToThisFabricError,
  DeviceAttestationError,
  MaximumCommissionedFabricsReachedError,
  PeerCommunicationError,
  WifiOrThreadNetworkCredentialsNotConfiguredError,
} from '@matter/main/protocol';
import { Status, StatusResponseError } from '@matter/main/types';
import { MatterFailure } from './face';

type ErrorClass = Parameters<typeof causedBy>[1];

/** Whether an error, one of its causes or one of those it gathers is of a class; texts are never looked at. */
function isOf(error: unknown, wanted: ErrorClass): boolean {
  if (causedBy(error, wanted)) return true;
  const { errors, cause } = (error ?? {}) as { errors?: unknown; cause?: unknown };
  if (Array.isArray(errors) && errors.some((one) => isOf(one, wanted))) return true;
  return cause !== undefined && isOf(cause, wanted);
}

/** The most telling first: a time-out that hides a wrong passcode is told as a wrong passcode. */
const pairing: readonly (readonly [ErrorClass, string])[] = [
  [UnexpectedDataError, 'WRONG_PASSCODE'],
  [MaximumCommissionedFabricsReachedError, 'DEVICE_FABRICS_FULL'],
  [DeviceAlreadyCommissionedToThisFabricError, 'ALREADY_COMMISSIONED'],
  [DeviceAttestationError, 'DEVICE_NOT_CERTIFIED'],
  [WifiOrThreadNetworkCredentialsNotConfiguredError, 'NETWORK_CREDENTIALS_REQUIRED'],
  [CommissioningTimeoutError, 'COMMISSIONING_TIMEOUT'],
  [DiscoveryError, 'DEVICE_NOT_FOUND'],
  [PeerCommunicationError, 'DEVICE_UNREACHABLE'],
  [TimeoutError, 'DEVICE_UNREACHABLE'],
  [ClosedError, 'LOCK_RESTARTED'],
  [CanceledError, 'CANCELLED'],
];

const operating: readonly (readonly [ErrorClass, string])[] = [
  [StatusResponseError, 'LOCK_REFUSED'],
  [PeerCommunicationError, 'LOCK_UNREACHABLE'],
  [TimeoutError, 'LOCK_UNREACHABLE'],
  [ClosedError, 'LOCK_RESTARTED'],
  [CanceledError, 'LOCK_UNREACHABLE'],
];

const named = (
  error: unknown,
  table: readonly (readonly [ErrorClass, string])[],
  other: string,
): MatterFailure => {
  if (error instanceof MatterFailure) return error;
  const code = table.find(([wanted]) => isOf(error, wanted))?.[1] ?? other;
  return Object.assign(new MatterFailure(code), { cause: error });
};

/** Names what ended a pairing (matter-hub 7). */
export const pairingFailure = (error: unknown): MatterFailure => named(error, pairing, 'PAIRING_FAILED');

/** Names what ended an operation of a lock, or its removal (matter-hub 7). */
export const operatingFailure = (error: unknown): MatterFailure =>
  named(error, operating, 'LOCK_UNREACHABLE');

const { Duplicate, Occupied } = DoorLock.StatusCode;

/** Names what a lock answers about its users; `status` may be one of the cluster's own, as it stands in responses. */
export function usersRefusal(status: number, clusterStatus?: number): MatterFailure {
  const own = clusterStatus ?? status;
  if (own === Duplicate) return new MatterFailure('PIN_DUPLICATE');
  if (own === Occupied) return new MatterFailure('SLOT_TAKEN');
  if (status === Status.ResourceExhausted) return new MatterFailure('PIN_SLOTS_FULL');
  const isUnknown = status === Status.UnsupportedCommand || status === Status.UnsupportedCluster;
  return new MatterFailure(isUnknown ? 'UNSUPPORTED_COMMAND' : 'LOCK_REFUSED');
}
