import { datesAt, isInWindow, nextChange, nextOpening, type Window } from './window';

/** How a grant or a guest link stands at one instant. */
export type Standing =
  | { state: 'open'; id?: string | undefined; until?: Date | undefined }
  | {
      state: 'outside-window' | 'expired' | 'not-yet-valid' | 'used-up' | 'revoked';
      id?: string | undefined;
      next?: Date | undefined;
    };

/** `withTimes` looks for the next change too, which costs more than the hot path of an opening should pay. */
export interface StandingOptions {
  withTimes?: boolean;
}

/** How one window stands. */
export function windowStanding(
  window: Window,
  at: Date,
  zone: string,
  { withTimes = false }: StandingOptions = {},
): Standing {
  if (isInWindow(window, at, zone))
    return { state: 'open', until: withTimes ? nextChange(window, at, zone) : undefined };
  const dates = datesAt(window, at);
  if (dates === 'expired') return { state: 'expired' };
  return {
    state: dates === 'not-yet-valid' ? 'not-yet-valid' : 'outside-window',
    next: withTimes ? nextOpening(window, at, zone) : undefined,
  };
}

export interface GrantState extends Window {
  id: string;
}

const rank: Record<Standing['state'], number> = {
  open: 0,
  'outside-window': 1,
  'not-yet-valid': 2,
  'used-up': 3,
  expired: 4,
  revoked: 5,
};

const laterOf = (one: Date | undefined, other: Date | undefined): Date | undefined =>
  one === undefined || other === undefined ? undefined : one > other ? one : other;

/** The best that a person's grants give: open ones first (the one that lasts longest), then the next to open. */
export function grantsStanding(
  grants: readonly GrantState[],
  at: Date,
  zone: string,
  options: StandingOptions = {},
): Standing | undefined {
  let best: Standing | undefined;
  for (const grant of grants) {
    const standing: Standing = { ...windowStanding(grant, at, zone, options), id: grant.id };
    if (best === undefined || rank[standing.state] < rank[best.state]) best = standing;
    else if (standing.state === 'open' && best.state === 'open') {
      const isLonger = best.until !== undefined && laterOf(best.until, standing.until) !== best.until;
      if (isLonger) best = standing;
    } else if (standing.state === best.state && standing.state !== 'open' && best.state !== 'open') {
      if (standing.next !== undefined && (best.next === undefined || standing.next < best.next))
        best = standing;
    }
  }
  return best;
}

export interface LinkState extends Window {
  id: string;
  revokedAt: Date | null;
  maxUses: number | null;
  usedCount: number;
}

/**
 * How a guest link stands. Openings leave uses out (`countUses` false): they are counted in the transaction that places
 * the intent, where a repeat of one request costs nothing.
 */
export function linkStanding(
  link: LinkState,
  at: Date,
  zone: string,
  options: StandingOptions & { countUses?: boolean } = {},
): Standing {
  if (link.revokedAt !== null) return { state: 'revoked', id: link.id };
  const standing = windowStanding(link, at, zone, options);
  const isUsedUp = options.countUses !== false && link.maxUses !== null && link.usedCount >= link.maxUses;
  if (isUsedUp && standing.state !== 'expired') return { state: 'used-up', id: link.id };
  return { ...standing, id: link.id };
}
