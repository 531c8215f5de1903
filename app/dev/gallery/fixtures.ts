import { type Attempt, heardProgress, ownProgress, type Progress } from '@/components/lock/opening-progress';
import type { SendResult } from '@/components/lock/send-opening';
import type { DoorView, OpeningStatus, OpeningView } from '@/server/contracts/locks';

/** Noon of a spring day: every time in the gallery is measured from here. */
export const galleryNow = Date.parse('2026-03-01T12:00:00.000Z');
export const viewerId = 1;
const before = (milliseconds: number): string => new Date(galleryNow - milliseconds).toISOString();
const minute = 60_000;

let lastId = 0;
/** A door of the gallery; whatever is not said is as at a locked front door. */
function door(name: string, more: Partial<DoorView> = {}): DoorView {
  lastId += 1;
  return {
    lockId: lastId,
    uuid: `gallery-${lastId}`,
    name,
    homeId: 1,
    homeName: 'Birch Lane 4',
    timezone: 'Europe/Oslo',
    bolt: 'locked',
    door: 'closed',
    reachable: true,
    reachableSince: before(600 * minute),
    reportedAt: before(12 * minute),
    battery: { percent: 84, level: 'ok' },
    gesture: 'hold',
    role: 'owner',
    canOpen: true,
    cursor: '',
    ...more,
  };
}

/** An opening asked for `ageMs` before the gallery's noon. */
export function opening(status: OpeningStatus, ageMs: number, more: Partial<OpeningView> = {}): OpeningView {
  lastId += 1;
  const at = (afterMs: number) => before(ageMs - afterMs);
  const isAccepted = status === 'accepted' || status === 'confirmed' || status === 'failed';
  return {
    id: `opening-${lastId}`,
    lockId: 1,
    status,
    who: { kind: 'user', id: '2', name: 'Jo Lindqvist' },
    via: 'page',
    requestId: `request-${lastId}`,
    createdAt: at(0),
    ...(status === 'pending' || status === 'unresolved' ? {} : { sentAt: at(38) }),
    ...(isAccepted ? { acceptedAt: at(121) } : {}),
    ...(status === 'confirmed' || status === 'failed' ? { outcomeAt: at(1_134) } : {}),
    ...(status === 'expired' ? { outcomeAt: at(8_000) } : {}),
    expiresAt: at(8_000),
    lateReport: false,
    ...more,
  };
}

export const doors: DoorView[] = [
  door('Locked'),
  door('Unlocking', { opening: opening('accepted', 400) }),
  door('Unlocked', { bolt: 'unlocked', opening: opening('confirmed', 20_000) }),
  door('Unlatched', { bolt: 'unlatched', door: 'closed' }),
  door('Unlocked, door open', { bolt: 'unlocked', door: 'open' }),
  door('Bolted, but ajar', { door: 'ajar' }),
  door('Jammed', { bolt: 'jammed', opening: opening('failed', 90 * minute, { error: 'JAMMED' }) }),
  door('Not fully locked', { bolt: 'not-fully-locked', door: 'closed' }),
  door('Out of reach', {
    reachable: false,
    reachableSince: before(47 * minute),
    reportedAt: before(49 * minute),
  }),
  door('Never heard of', {
    bolt: 'unknown',
    door: 'unknown',
    reachable: undefined,
    reachableSince: undefined,
    reportedAt: undefined,
    battery: undefined,
  }),
  door('Silent about its bolt', { bolt: 'unknown' }),
  door('Low battery', { battery: { percent: 14, level: 'low' } }),
  door('Critical battery', { battery: { percent: 4, level: 'critical' } }),
  door('Forced', { bolt: 'unlocked', door: 'forced' }),
  door('A door with a name so long that it has to find its way around the corner of the card'),
];

export const guestDoor = door('Garden gate', { role: 'guest', canOpen: false });
export const tapDoor = door('Tap', { gesture: 'tap' });

const you = { kind: 'user', id: String(viewerId), name: 'Ada Holm' };
const attempt = (ageMs: number, more: Partial<Attempt> = {}): Attempt => ({
  requestId: 'gallery',
  startedAt: galleryNow - ageMs,
  isRetrying: false,
  learnedAfterMs: {},
  ...more,
});
const own = (ageMs: number, more: Partial<Attempt>, heard?: OpeningView): Progress =>
  ownProgress(attempt(ageMs, more), heard, galleryNow, heard && galleryNow);
const taken = {
  result: { kind: 'sent' } as SendResult,
  learnedAfterMs: { sent: 64, accepted: 148, confirmed: 1_171 },
};
const refused = (status: number, because: Extract<SendResult, { kind: 'refused' }>['because']) => ({
  result: { kind: 'refused', because, status, requestId: '01K8Z3F5Q2M7' } as SendResult,
});
const mine = (status: OpeningStatus, ageMs: number, more: Partial<OpeningView> = {}) =>
  opening(status, ageMs, { who: you, ...more });

/** Every state an opening can be shown in. */
export const progresses: { name: string; progress: Progress | undefined; joinedTo?: OpeningView }[] = [
  { name: 'Idle', progress: undefined },
  { name: 'Asking', progress: own(40, {}) },
  { name: 'Connection lost', progress: own(2_300, { isRetrying: true }) },
  { name: 'Sent', progress: own(1_400, taken, mine('sent', 1_400)) },
  { name: 'Accepted', progress: own(700, taken, mine('accepted', 700)) },
  { name: 'Confirmed', progress: own(3_000, taken, mine('confirmed', 3_000)) },
  { name: 'Opened by Jo', progress: heardProgress(opening('confirmed', 5_000), galleryNow) },
  { name: 'Asked by Jo', progress: heardProgress(opening('sent', 900), galleryNow) },
  {
    name: "Joins Jo's opening",
    progress: own(600, taken, mine('accepted', 600, { joined: 'jo' })),
    joinedTo: opening('accepted', 900, { id: 'jo' }),
  },
  { name: 'Joins an unknown opening', progress: own(600, taken, mine('sent', 600, { joined: 'somebody' })) },
  { name: 'Not confirmed, sent only', progress: own(11_000, taken, mine('sent', 11_000)) },
  { name: 'Not confirmed, accepted', progress: own(11_000, taken, mine('accepted', 11_000)) },
  { name: 'Not confirmed, cut off', progress: own(11_000, taken) },
  { name: 'Withdrawn', progress: own(9_000, taken, mine('expired', 9_000)) },
  {
    name: 'Withdrawn after it was accepted',
    progress: own(9_000, taken, mine('expired', 9_000, { acceptedAt: before(8_800) })),
  },
  {
    name: 'Opened late',
    progress: own(
      15_000,
      { ...taken, learnedAfterMs: { sent: 64 } },
      mine('expired', 15_000, { lateReport: true }),
    ),
  },
  { name: 'Jammed', progress: own(2_500, taken, mine('failed', 2_500, { error: 'JAMMED' })) },
  { name: 'Failed at the lock', progress: own(2_500, taken, mine('failed', 2_500, { error: 'FAILED' })) },
  {
    name: 'Never left the cloud',
    progress: own(2_500, {}, opening('failed', 2_500, { sentAt: undefined, acceptedAt: undefined })),
  },
  { name: 'No answer yet', progress: own(2_200, {}, mine('unresolved', 2_200)) },
  { name: 'Network gone', progress: own(8_500, { result: { kind: 'silent' } }) },
  { name: 'Refused: device', progress: own(2_200, refused(502, 'progress.refused.device')) },
  { name: 'Refused: too often', progress: own(500, refused(429, 'progress.refused.limited')) },
  { name: 'Refused: no right', progress: own(500, refused(403, 'progress.refused.forbidden')) },
  { name: 'Refused: signed out', progress: own(500, refused(401, 'progress.refused.signedOut')) },
  { name: 'Refused: broken', progress: own(500, refused(500, 'progress.refused.broken')) },
  { name: 'Refused: busy', progress: own(500, refused(503, 'progress.refused.unavailable')) },
];

/** One line for each outcome and each kind of caller. */
export const activity: OpeningView[] = [
  mine('accepted', 500),
  opening('confirmed', 4 * minute, { reason: 'Parcel at the door' }),
  mine('confirmed', 5 * minute, { joined: 'other' }),
  opening('expired', 90 * minute, {
    lateReport: true,
    who: { kind: 'guestLink', id: 'x', name: 'Cleaning, Fridays' },
  }),
  opening('expired', 26 * 60 * minute, {
    via: 'api',
    who: { kind: 'orgKey', id: 'k', name: 'Parcel service' },
  }),
  opening('failed', 28 * 60 * minute, { error: 'JAMMED' }),
  opening('sent', 3 * 24 * 60 * minute, {
    via: 'api',
    who: { kind: 'service', id: 's', name: 'organisation service' },
  }),
  opening('confirmed', 90 * 24 * 60 * minute, {
    via: 'admin',
    who: { kind: 'staff', id: '9', name: 'Support' },
  }),
];
