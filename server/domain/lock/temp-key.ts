/** Temporary keys as the history of a lock tells them (lock-api 7): what a guest link is at one of its doors. */
export interface TempKeyTerms {
  accessMode: 'public' | 'user-whitelist';
  allowedUserIds: string[] | null;
  validFrom: Date | null;
  validUntil: Date | null;
  maxUses: number | null;
  description: string | null;
}

interface AtLock {
  lockId: number;
  uuid: string;
  timestamp: string;
  tempKeyUuid: string;
}
interface Terms {
  accessMode?: 'public' | 'user-whitelist';
  allowedUserIds?: string[];
  validFrom?: string | null;
  validUntil?: string | null;
  maxUses?: number | null;
  description?: string | null;
}
export type TempKeyEvent =
  | { type: 'TempKeyCreated'; data: AtLock & Terms }
  | { type: 'TempKeyUpdated'; data: AtLock & Terms }
  | { type: 'TempKeyUsed'; data: AtLock & { userId?: string; usedCount: number } }
  | { type: 'TempKeyDeleted'; data: AtLock };

interface Place {
  lockId: number;
  uuid: string;
  tempKeyUuid: string;
  at: Date;
}
const placed = ({ lockId, uuid, tempKeyUuid, at }: Place): AtLock => ({
  lockId,
  uuid,
  timestamp: at.toISOString(),
  tempKeyUuid,
});

/** What a lock's history keeps of a temporary key; `known` says whether the lock has this key already. */
export interface TempKeyState {
  known: boolean;
}

/** A repeated create records nothing (lock-api 4.1). */
export function decideCreate(state: TempKeyState, place: Place, terms: TempKeyTerms): TempKeyEvent[] {
  if (state.known) return [];
  return [
    {
      type: 'TempKeyCreated',
      data: {
        ...placed(place),
        accessMode: terms.accessMode,
        ...(terms.allowedUserIds === null ? {} : { allowedUserIds: terms.allowedUserIds }),
        ...(terms.validFrom === null ? {} : { validFrom: terms.validFrom.toISOString() }),
        ...(terms.validUntil === null ? {} : { validUntil: terms.validUntil.toISOString() }),
        maxUses: terms.maxUses,
        ...(terms.description === null ? {} : { description: terms.description }),
      },
    },
  ];
}

/** The terms that have changed, and no others; nothing changed records nothing. */
export function decideUpdate(
  state: TempKeyState,
  place: Place,
  before: TempKeyTerms,
  after: TempKeyTerms,
  /** Hours, days or the label have changed, which the published terms do not hold. */
  hasOwnChanges: boolean,
): TempKeyEvent[] {
  if (!state.known) return [];
  const changed: Terms = {};
  const moment = (date: Date | null) => date?.toISOString() ?? null;
  if (before.accessMode !== after.accessMode) changed.accessMode = after.accessMode;
  if (JSON.stringify(before.allowedUserIds) !== JSON.stringify(after.allowedUserIds))
    changed.allowedUserIds = after.allowedUserIds ?? [];
  if (moment(before.validFrom) !== moment(after.validFrom)) changed.validFrom = moment(after.validFrom);
  if (moment(before.validUntil) !== moment(after.validUntil)) changed.validUntil = moment(after.validUntil);
  if (before.maxUses !== after.maxUses) changed.maxUses = after.maxUses;
  if (before.description !== after.description) changed.description = after.description;
  if (Object.keys(changed).length === 0 && !hasOwnChanges) return [];
  return [{ type: 'TempKeyUpdated', data: { ...placed(place), ...changed } }];
}

/** A use that was counted; the whole of the uses so far is told. */
export const decideUse = (
  state: TempKeyState,
  place: Place,
  use: { usedCount: number; userId?: string | undefined },
): TempKeyEvent[] =>
  state.known
    ? [
        {
          type: 'TempKeyUsed',
          data: {
            ...placed(place),
            ...(use.userId === undefined ? {} : { userId: use.userId }),
            usedCount: use.usedCount,
          },
        },
      ]
    : [];

/** A key that is gone is not deleted twice. */
export const decideDelete = (state: TempKeyState, place: Place): TempKeyEvent[] =>
  state.known ? [{ type: 'TempKeyDeleted', data: placed(place) }] : [];

/** Folds one event of a lock into what it knows of one key. */
export function evolveTempKey(state: TempKeyState, event: TempKeyEvent): TempKeyState {
  switch (event.type) {
    case 'TempKeyCreated':
      return { known: true };
    case 'TempKeyDeleted':
      return { known: false };
    case 'TempKeyUpdated':
    case 'TempKeyUsed':
      return state;
  }
}
