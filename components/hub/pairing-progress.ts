import type { CommissioningView } from '@/server/contracts/hubs';

/** The way of a pairing as it is told to people; the first two are the service's, the others the hub's own. */
export const pairingStages = ['sent', 'accepted', 'found', 'pairing', 'attesting', 'subscribing'] as const;
export type PairingStage = (typeof pairingStages)[number];

const stageOfStep: Readonly<Record<string, PairingStage>> = {
  discovering: 'found',
  locating: 'found',
  pairing: 'pairing',
  attesting: 'attesting',
  subscribing: 'subscribing',
};

export const isPairing = ({ status }: CommissioningView): boolean =>
  status === 'pending' || status === 'sent' || status === 'accepted' || status === 'unresolved';

/** The stage that a pairing is in, or was in when it ended. */
export function stageOf(attempt: CommissioningView): PairingStage {
  const told = attempt.step === undefined ? undefined : stageOfStep[attempt.step];
  if (told !== undefined) return told;
  if (attempt.acceptedAt !== undefined) return 'found';
  return attempt.sentAt === undefined ? 'sent' : 'accepted';
}

export interface StageShown {
  stage: PairingStage;
  state: 'waiting' | 'running' | 'done' | 'stopped';
  /** Milliseconds from the request until it was done; absent when nobody has seen it. */
  afterMs?: number;
}

/** When this page saw a pairing leave a stage, milliseconds from its request. */
export type SeenStages = Readonly<Partial<Record<PairingStage, number>>>;

/** Notes the stages that a pairing has left since this page last heard of it. */
export function withSeen(
  seen: SeenStages,
  before: CommissioningView | undefined,
  attempt: CommissioningView,
  now: number,
): SeenStages {
  // What had passed before the page was opened has no moment that the page could vouch for.
  if (before === undefined || before.id !== attempt.id) return seen;
  const from = pairingStages.indexOf(stageOf(before));
  const to = attempt.status === 'succeeded' ? pairingStages.length : pairingStages.indexOf(stageOf(attempt));
  const next: Partial<Record<PairingStage, number>> = { ...seen };
  for (const stage of pairingStages.slice(from, to))
    next[stage] ??= Math.max(0, now - Date.parse(attempt.createdAt));
  return next;
}

function clockOf(attempt: CommissioningView, stage: PairingStage, seen: SeenStages): number | undefined {
  const at =
    stage === 'sent'
      ? attempt.sentAt
      : stage === 'accepted'
        ? attempt.acceptedAt
        : stage === 'subscribing' && attempt.status === 'succeeded'
          ? attempt.outcomeAt
          : undefined;
  return at === undefined ? seen[stage] : Math.max(0, Date.parse(at) - Date.parse(attempt.createdAt));
}

/** All stages of a pairing as they stand. */
export function stagesOf(attempt: CommissioningView, seen: SeenStages): StageShown[] {
  const current = pairingStages.indexOf(stageOf(attempt));
  return pairingStages.map((stage, index) => {
    const isDone = attempt.status === 'succeeded' || index < current;
    if (isDone) {
      const afterMs = clockOf(attempt, stage, seen);
      return { stage, state: 'done', ...(afterMs === undefined ? {} : { afterMs }) };
    }
    if (index > current) return { stage, state: 'waiting' };
    return { stage, state: isPairing(attempt) ? 'running' : 'stopped' };
  });
}

const named = [
  'WRONG_PASSCODE',
  'DEVICE_NOT_FOUND',
  'DEVICE_UNREACHABLE',
  'ALREADY_COMMISSIONED',
  'DEVICE_FABRICS_FULL',
  'DEVICE_NOT_CERTIFIED',
  'COMMISSIONING_TIMEOUT',
  'NETWORK_CREDENTIALS_REQUIRED',
  'LOCK_RESTARTED',
  'DEVICE_MISMATCH',
  'STORAGE_FAILED',
  'HUB_RESTARTED',
  'HUB_BUSY',
  'CLOCK_UNSURE',
  'HUB_SUSPENDED',
  'HUB_MOVED',
  'QUOTA_REACHED',
  'CANCELLED',
] as const;
const alike: Readonly<Record<string, PairingCause>> = {
  LOCK_UNREACHABLE: 'DEVICE_UNREACHABLE',
  HUB_DECOMMISSIONED: 'HUB_SUSPENDED',
  CANCELED: 'CANCELLED',
  SHADOW_UNREACHABLE: 'unsent',
  SHADOW_REJECTED: 'unsent',
};

/** Why a pairing did not come to its end, as far as there are words for it. */
export type PairingCause = (typeof named)[number] | 'unsent' | 'silent' | 'hubAway' | 'timedOut' | 'other';

export function causeOf({ status, error, acceptedAt }: CommissioningView): PairingCause {
  if (status === 'unresolved') return 'silent';
  if (status === 'expired') return acceptedAt === undefined ? 'hubAway' : 'timedOut';
  const known = named.find((cause) => cause === error);
  return known ?? (error === undefined ? undefined : alike[error]) ?? 'other';
}
