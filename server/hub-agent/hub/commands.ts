import { isJsonObject, type Json, type JsonObject } from '@/server/domain/json';
import { parseOnboardingCode } from '@/server/domain/matter/onboarding-code';
import type { OnboardingPayload, OnboardingReason } from '@/server/domain/matter/onboarding-payload';
import type { ShadowCommand } from '../journal';
import type { LockOperation } from '../matter/face';

/** What a hub is told to do (matter-hub 8). */
export type HubCommand =
  | { type: 'commission_with_code'; code: string }
  | { type: 'remove_lock'; lockId: string; force: boolean }
  | { type: 'cancel' }
  | { type: 'get_nodes' }
  | { type: 'server_info' };

const member = (object: JsonObject, name: string): Json | undefined =>
  Object.hasOwn(object, name) ? object[name] : undefined;

/** Reads a hub's command; undefined: of a type that this hub does not know, or without what it needs. */
export function readHubCommand({ type, members }: ShadowCommand): HubCommand | undefined {
  switch (type) {
    case 'commission_with_code': {
      const code = member(members, 'code') ?? member(members, 'commissioningCode');
      return typeof code === 'string' ? { type, code } : undefined;
    }
    case 'remove_lock': {
      const given = member(members, 'args');
      const place = isJsonObject(given) ? given : members;
      const lockId = member(place, 'lockId');
      return typeof lockId === 'string'
        ? { type, lockId, force: member(place, 'force') === true }
        : undefined;
    }
    case 'cancel':
    case 'get_nodes':
    case 'server_info':
      return { type };
    default:
      return undefined;
  }
}

const operations: readonly LockOperation[] = ['unlock', 'unbolt', 'lock'];

/** Reads a lock's command; undefined: no operation of a lock. `pin` is as it was sent, sealed. */
export function readLockCommand({
  type,
  members,
}: ShadowCommand): { operation: LockOperation; pin: Json | undefined } | undefined {
  const operation = operations.find((known) => known === type);
  return operation === undefined ? undefined : { operation, pin: member(members, 'pin') };
}

const codeOf: Partial<Record<OnboardingReason, string>> = {
  'check-digit': 'COMMISSIONING_CODE_CHECK_DIGIT',
  characters: 'COMMISSIONING_CODE_FORMAT',
  length: 'COMMISSIONING_CODE_FORMAT',
  prefix: 'COMMISSIONING_CODE_FORMAT',
};

/** What the code of a pairing says, or why it is none (matter-hub 7). Of several devices the first is paired. */
export function readPairingCode(
  code: string,
): { ok: true; payload: OnboardingPayload } | { ok: false; error: string; message: string } {
  const read = parseOnboardingCode(code);
  if (!read.ok) {
    return { ok: false, error: codeOf[read.reason] ?? 'COMMISSIONING_CODE_INVALID', message: read.message };
  }
  const [payload] = read.payloads;
  return payload === undefined
    ? { ok: false, error: 'COMMISSIONING_CODE_INVALID', message: 'The code names no device.' }
    : { ok: true, payload };
}
