import { isJsonObject, type Json, type JsonObject } from '../json';

/** How long a hub may take to pair a device (model 3). */
export const commissioningLifeMs = 180_000;
/** Silence of the shadow service after which a caller gets 502. */
export const shadowAnswerMs = 2_000;
/** How long a command that moves nothing may stand in a hub's shadow. */
export const hubCommandLifeMs = 30_000;

export type CommissioningStatus =
  | 'pending'
  | 'sent'
  | 'accepted'
  | 'succeeded'
  | 'failed'
  | 'expired'
  | 'unresolved';

export const runningCommissionings: ('pending' | 'sent' | 'accepted' | 'unresolved')[] = [
  'pending',
  'sent',
  'accepted',
  'unresolved',
];
const running: readonly CommissioningStatus[] = runningCommissionings;
/** Whether a report or the expiry still has to settle it. */
export const isCommissioning = (status: CommissioningStatus): boolean => running.includes(status);

/** A device that a hub says it has paired. */
export interface PairedDevice {
  /** The hub's own name for it. */
  id: string;
  uuid?: string;
  deviceType: string;
  vendorId?: number;
  productId?: number;
  name?: string;
  attestation?: string;
}

/** What a hub reports of a command: how far it is, and what came of it. */
export interface CommandReport {
  id: string;
  state: 'accepted' | 'succeeded' | 'failed' | 'expired';
  step?: string;
  error?: string;
  message?: string;
  device?: PairedDevice;
}

export interface HubReport {
  command?: CommandReport;
  version?: string;
  startedAt?: string;
  address?: string;
  /** X25519, base64url. */
  pinKey?: string;
  /** Things of the locks on its fabric; undefined: it does not say. */
  locks?: string[];
}

/** The steps of a pairing that some hubs report as states of their own. */
const steps: ReadonlySet<string> = new Set([
  'discovering',
  'locating',
  'pairing',
  'attesting',
  'subscribing',
]);
const terminal = ['accepted', 'succeeded', 'failed', 'expired'] as const;
const codeLike = /MT:\S+|\d[\d\s-]{8,}\d/g;

/** Text of a hub for people: short, without control characters, and without anything that could be a code. */
function textOf(value: Json | undefined, most: number): string | undefined {
  if (typeof value !== 'string') return undefined;
  const readable = [...value].filter(
    (character) => character >= ' ' && character !== '\u007f' && !/\p{Surrogate}/u.test(character),
  );
  const text = [...readable.join('').replace(codeLike, '…').trim()].slice(0, most).join('');
  return text === '' ? undefined : text;
}
const given = <Name extends string, Value>(name: Name, value: Value | undefined) =>
  (value === undefined ? {} : { [name]: value }) as { [Key in Name]?: Value };
const idOf = (value: Json | undefined): number | undefined =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 0xffff ? value : undefined;

/** Names and numbers of door locks among device types; the number is Matter's. */
const lockTypes: ReadonlySet<string> = new Set([
  '10',
  '0xa',
  '0x000a',
  'door-lock',
  'doorlock',
  'door lock',
  'lock',
]);
export const doorLockType = 'door-lock';

function typeOf(value: Json | undefined): string {
  const text = (typeof value === 'number' ? String(value) : (textOf(value, 60) ?? 'generic')).toLowerCase();
  return lockTypes.has(text.replaceAll('_', '-')) ? doorLockType : text;
}

const uuidShape = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A name that a hub has for a device. A UUID is taken as it is: with enough decimal digits it would pass for a code. */
const nameOf = (value: Json | undefined, most: number): string | undefined =>
  typeof value === 'string' && uuidShape.test(value) ? value : textOf(value, most);

function deviceOf(value: Json | undefined): PairedDevice | undefined {
  if (!isJsonObject(value)) return undefined;
  const name = typeof value.id === 'number' ? String(value.id) : nameOf(value.id, 120);
  if (name === undefined) return undefined;
  return {
    id: name,
    deviceType: typeOf(value.deviceType),
    ...given('uuid', nameOf(value.uuid, 36)?.toLowerCase()),
    ...given('vendorId', idOf(value.vendorId)),
    ...given('productId', idOf(value.productId)),
    ...given('name', textOf(value.name, 100)),
    ...given('attestation', textOf(value.attestation, 60)),
  };
}

function commandOf(value: Json | undefined): CommandReport | undefined {
  if (!isJsonObject(value) || typeof value.id !== 'string' || typeof value.state !== 'string')
    return undefined;
  const isStep = steps.has(value.state);
  const state = isStep ? 'accepted' : terminal.find((one) => one === value.state);
  if (state === undefined) return undefined;
  return {
    id: value.id.toLowerCase(),
    state,
    ...given('step', textOf(isStep ? value.state : value.step, 60)),
    ...given('error', textOf(value.error, 80)),
    ...given('message', textOf(value.message, 300)),
    ...given('device', deviceOf(value.device)),
  };
}

/** 32 bytes are 43 characters without padding. */
const pinKeyOf = (value: Json | undefined): string | undefined =>
  typeof value === 'string' && /^[A-Za-z0-9_-]{43}$/.test(value) ? value : undefined;
const lockThing = /^lock-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const locksMost = 200;

const locksOf = (value: Json | undefined): string[] | undefined =>
  isJsonObject(value)
    ? Object.keys(value)
        .filter((thing) => lockThing.test(thing) && value[thing] !== null)
        .sort()
        .slice(0, locksMost)
    : undefined;

/** Reads what a hub reported; members of another shape are passed over. */
export function readHubReport(reported: JsonObject): HubReport {
  const startedAt =
    typeof reported.startedAt === 'number' ? reported.startedAt : Date.parse(String(reported.startedAt));
  const isMoment = Number.isFinite(startedAt) && Math.abs(startedAt) < 8.64e15;
  return {
    ...given('command', commandOf(reported.command)),
    ...given('version', textOf(reported.version, 60)),
    ...given('startedAt', isMoment ? new Date(startedAt).toISOString() : undefined),
    ...given('address', textOf(reported.address, 100)),
    ...given('pinKey', pinKeyOf(reported.pinKey)),
    ...given('locks', locksOf(reported.locks)),
  };
}

/** The part of an attempt that its rules look at. */
export interface CommissioningState {
  status: CommissioningStatus;
  step: string | null;
  sentAt: Date | null;
  acceptedAt: Date | null;
  deviceId: string | null;
  expiresAt: Date;
}

export interface CommissioningChange {
  status?: CommissioningStatus;
  step?: string;
  error?: string | null;
  message?: string | null;
  attestation?: string;
  sentAt?: Date;
  acceptedAt?: Date;
  outcomeAt?: Date;
}

export interface CommissioningDecision {
  change: CommissioningChange;
  /** A device that is there now, also when its attempt was over. */
  device?: PairedDevice;
}

/**
 * What a hub's report means for the attempt that it names; undefined when nothing. Its end is told once: a success that
 * comes after another end leaves that end, and the device is taken in because it exists.
 */
export function decideCommissioning(
  attempt: CommissioningState,
  report: CommandReport,
  now: Date,
): CommissioningDecision | undefined {
  const { device } = report;
  const attestation = given('attestation', device?.attestation);
  if (!isCommissioning(attempt.status)) {
    if (report.state !== 'succeeded' || device === undefined || attempt.deviceId !== null) return undefined;
    if (attempt.status === 'succeeded') return undefined;
    return { change: attestation, device };
  }
  const reached = {
    ...(attempt.sentAt === null ? { sentAt: now } : {}),
    ...(attempt.acceptedAt === null ? { acceptedAt: now } : {}),
  };
  const step = given('step', report.step);
  switch (report.state) {
    case 'accepted': {
      const isNews =
        attempt.status !== 'accepted' || (report.step !== undefined && report.step !== attempt.step);
      return isNews ? { change: { status: 'accepted', error: null, ...reached, ...step } } : undefined;
    }
    case 'succeeded':
      return {
        change: { status: 'succeeded', outcomeAt: now, error: null, ...reached, ...step, ...attestation },
        ...given('device', device),
      };
    case 'failed':
      return {
        change: {
          status: 'failed',
          outcomeAt: now,
          error: report.error ?? 'FAILED',
          message: report.message ?? null,
          ...reached,
          ...step,
          ...attestation,
        },
      };
    case 'expired':
      return { change: { status: 'expired', outcomeAt: now } };
  }
}

/** Expiry: the hub has not said in time what came of it. */
export function decideCommissioningExpiry(
  attempt: CommissioningState,
  now: Date,
): CommissioningChange | undefined {
  if (!isCommissioning(attempt.status) || attempt.expiresAt > now) return undefined;
  return { status: 'expired', outcomeAt: now };
}

/** The shadow took the command. */
export function decideCommissioningSent(
  attempt: CommissioningState,
  now: Date,
): CommissioningChange | undefined {
  if (attempt.status !== 'pending' && attempt.status !== 'unresolved') return undefined;
  return { status: 'sent', sentAt: attempt.sentAt ?? now, error: null };
}
