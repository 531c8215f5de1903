import { type AccessWindow, windowWords } from '../access/window-words';
import type { TextOf } from '../messages/lookup';

export type Role = 'owner' | 'member' | 'guest';

/** A right at one door, as it is or as it would be; without an id it is new. */
export interface DraftGrant {
  id?: string | undefined;
  lockId: number;
  window: AccessWindow;
}
export interface Access {
  role: Role;
  grants: readonly DraftGrant[];
}

export interface Wording {
  text: TextOf;
  zone: string;
  nameOf: (lockId: number) => string;
  now?: number;
  hourCycle?: 12 | 24;
}

const momentOf = (instant: string | undefined): number | undefined =>
  instant === undefined ? undefined : Date.parse(instant);

export const isSameWindow = (one: AccessWindow, other: AccessWindow): boolean =>
  one.from === other.from &&
  one.until === other.until &&
  momentOf(one.validFrom) === momentOf(other.validFrom) &&
  momentOf(one.validUntil) === momentOf(other.validUntil) &&
  [...(one.weekdays ?? [])].sort().join() === [...(other.weekdays ?? [])].sort().join();

/** Whether two say the same, whatever stands first in them. */
export const isSameAccess = (one: Access, other: Access): boolean =>
  one.role === other.role &&
  one.grants.length === other.grants.length &&
  one.grants.every(({ id, lockId, window }) =>
    other.grants.some(
      (grant) => grant.id === id && grant.lockId === lockId && isSameWindow(grant.window, window),
    ),
  );

/** What somebody wants, on top of what others have made of it: a right that they ended is given anew. */
export const rebased = (wanted: Access, theirs: Access): Access => ({
  ...wanted,
  grants: wanted.grants.map((grant) =>
    theirs.grants.some(({ id }) => id === grant.id) ? grant : { lockId: grant.lockId, window: grant.window },
  ),
});

/** Limits that a window had and the next one has not, each by itself. */
function lostLimits(before: AccessWindow, after: AccessWindow): AccessWindow[] {
  const hadHours = before.from !== undefined || before.until !== undefined;
  const hasHours = after.from !== undefined || after.until !== undefined;
  return [
    ...(before.weekdays !== undefined && after.weekdays === undefined ? [{ weekdays: before.weekdays }] : []),
    ...(hadHours && !hasHours
      ? [
          {
            ...(before.from === undefined ? {} : { from: before.from }),
            ...(before.until === undefined ? {} : { until: before.until }),
          },
        ]
      : []),
    ...(before.validFrom !== undefined && after.validFrom === undefined
      ? [{ validFrom: before.validFrom }]
      : []),
    ...(before.validUntil !== undefined && after.validUntil === undefined
      ? [{ validUntil: before.validUntil }]
      : []),
  ];
}

const standingOf = (grant: DraftGrant, grants: readonly DraftGrant[]): DraftGrant | undefined =>
  grants.find(({ id }) => id !== undefined && id === grant.id);

/** What saving would change, a sentence each, the consequences of a change right after it; empty when nothing would. */
export function describeChange(before: Access, after: Access, wording: Wording): string[] {
  const { text, zone, nameOf } = wording;
  const words = (window: AccessWindow): string => windowWords(window, text, zone, wording);
  const lines: string[] = [];
  if (before.role !== after.role) {
    lines.push(
      text('member.change.role', {
        from: text(`member.role.${before.role}`),
        to: text(`member.role.${after.role}`),
      }),
    );
    if (before.role === 'guest') lines.push(text('member.change.opensAll'));
    if (after.role === 'guest') lines.push(text('member.change.opensOnlyGiven'));
    if (after.role === 'owner') lines.push(text('member.change.manages'));
    if (before.role === 'owner') lines.push(text('member.change.managesNoMore'));
  }
  for (const grant of before.grants) {
    const next = standingOf(grant, after.grants);
    const door = nameOf(grant.lockId);
    if (next === undefined)
      lines.push(text('member.change.grantGone', { door, window: words(grant.window) }));
    else if (!isSameWindow(grant.window, next.window)) {
      lines.push(
        text('member.change.grant', { door, before: words(grant.window), after: words(next.window) }),
      );
      for (const limit of lostLimits(grant.window, next.window))
        lines.push(text('member.change.limitGone', { door, limit: words(limit) }));
    }
  }
  for (const grant of after.grants) {
    if (standingOf(grant, before.grants) === undefined)
      lines.push(text('member.change.grantNew', { door: nameOf(grant.lockId), window: words(grant.window) }));
  }
  return lines;
}

/** The calls that bring a grant from one window to another: null takes a limit away. */
export const windowChange = (window: AccessWindow) => ({
  validFrom: window.validFrom ?? null,
  validUntil: window.validUntil ?? null,
  weekdays: window.weekdays ?? null,
  from: window.from ?? null,
  until: window.until ?? null,
});
