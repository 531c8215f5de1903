import { isJsonObject, type JsonObject } from '../json';
import type { LockKey } from './aggregate';
import type { LockCommand } from './decide';

export const keyCommandKinds = ['add', 'remove', 'write'] as const;
export type KeyCommandKind = (typeof keyCommandKinds)[number];

/** How long a lock may take to carry out a change of its keys: it may sleep, and a removal must reach it in the end. */
export const keyCommandLifeMs: Record<KeyCommandKind, number> = {
  add: 24 * 3_600_000,
  remove: 30 * 24 * 3_600_000,
  // Somebody stands at the lock with the card.
  write: 5 * 60_000,
};
/** After this long without a word the one that handed a command over is gone. */
export const keyCommandPendingMs = 10_000;
/** Keys of a bulk follow each other at this distance (lock-api 7). */
export const bulkPaceMs = 1_000;
export const bulkTries = 5;

/** A key that is to be changed, and how. */
export interface KeyChange {
  kind: KeyCommandKind;
  keyUuid: string;
  indexNumber: number | undefined;
  userId: string | undefined;
}

/** The same as the lock's own command. */
export function toLockCommand({ kind, keyUuid, indexNumber, userId }: KeyChange): LockCommand {
  switch (kind) {
    case 'add': {
      const key: LockKey = {
        uuid: keyUuid,
        ...(indexNumber === undefined ? {} : { indexNumber }),
        ...(userId === undefined ? {} : { userId }),
      };
      return { type: 'AddKey', key };
    }
    case 'remove':
      return { type: 'RemoveKey', keyUuid };
    case 'write':
      return { type: 'WriteKey', keyUuid, keyIndexNumber: indexNumber };
  }
}

const types: Record<KeyCommandKind, string> = { add: 'addKey', remove: 'removeKey', write: 'writeKey' };

/** What stands in `desired.keyCommands` of a lock's shadow under the command's id, until it is done or expires. */
export const shadowCommand = (change: KeyChange, issuedAt: Date, expiresAt: Date) => ({
  type: types[change.kind],
  keyUuid: change.keyUuid,
  ...(change.indexNumber === undefined ? {} : { keyIndexNumber: change.indexNumber }),
  issuedAt: issuedAt.getTime(),
  expiresAt: expiresAt.getTime(),
});

const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const reportMost = 100;

/** What a lock reports of such commands in `reported.keyCommands`; what cannot be understood is left out. */
export function readKeyReports(reported: JsonObject): { id: string; isDone: boolean }[] {
  const told = Object.hasOwn(reported, 'keyCommands') ? reported.keyCommands : undefined;
  if (!isJsonObject(told)) return [];
  const reports = [];
  for (const [id, report] of Object.entries(told).slice(0, reportMost)) {
    if (!uuidShape.test(id) || !isJsonObject(report)) continue;
    if (report.state === 'succeeded') reports.push({ id, isDone: true });
    else if (report.state === 'failed' || report.state === 'expired') reports.push({ id, isDone: false });
  }
  return reports;
}
