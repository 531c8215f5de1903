import type { Facts } from '../permissions';
import type { PrincipalKind } from '../principal';
import type { Standing } from './standing';

/** Why somebody may open a door. */
export type OpenReason =
  | 'owner'
  | 'explicit-owner'
  | 'member'
  | 'key-holder'
  | 'grant'
  | 'link'
  | 'pin'
  | 'pin-removing'
  | 'organisation-key'
  | 'service'
  | 'super-key';

/** Why somebody may not. */
export type RefusalReason =
  | 'no-right'
  | 'guest-without-grant'
  | 'outside-window'
  | 'expired'
  | 'not-yet-valid'
  | 'used-up'
  | 'revoked'
  | 'deactivated-home'
  | 'not-verified';

export type Access =
  /** `id`: which grant or link; `until`: when that right ends or pauses by itself. */
  | { allowed: true; reason: OpenReason; id?: string; until?: Date }
  /** `next`: when it opens by itself. */
  | { allowed: false; reason: RefusalReason; id?: string; next?: Date };

/** What counts of a caller at one door. */
export type AccessFacts = Pick<
  Facts,
  'role' | 'isUnverified' | 'isLockOwner' | 'isKeyHolder' | 'deactivated' | 'standing'
>;

const no = (reason: RefusalReason): Access => ({ allowed: false, reason });

function byStanding(standing: Standing, reason: 'grant' | 'link'): Access {
  const id = standing.id === undefined ? {} : { id: standing.id };
  if (standing.state === 'open')
    return {
      allowed: true,
      reason,
      ...id,
      ...(standing.until === undefined ? {} : { until: standing.until }),
    };
  return {
    allowed: false,
    reason: standing.state,
    ...id,
    ...(standing.next === undefined ? {} : { next: standing.next }),
  };
}

/**
 * A person at a door: owners of the home, the lock's named owner and holders of its keys always; members while the
 * home is in use; guests by a grant whose window is open. Residents get no right by being residents (lock-api 3).
 */
function ofPerson(facts: AccessFacts): Access {
  const hasPlace = facts.role !== undefined || facts.isLockOwner === true || facts.isKeyHolder === true;
  if (facts.isUnverified === true) return no(hasPlace ? 'not-verified' : 'no-right');
  if (facts.role === 'owner') return { allowed: true, reason: 'owner' };
  if (facts.isLockOwner === true) return { allowed: true, reason: 'explicit-owner' };
  if (facts.isKeyHolder === true) return { allowed: true, reason: 'key-holder' };
  if (facts.role === undefined) return no('no-right');
  if (facts.deactivated === true) return no('deactivated-home');
  if (facts.role === 'member') return { allowed: true, reason: 'member' };
  return facts.standing === undefined ? no('guest-without-grant') : byStanding(facts.standing, 'grant');
}

/** Who may open a door now, and why, for the kinds of callers that open doors; the one decision behind every answer. */
export function decideAccess(kind: PrincipalKind, facts: AccessFacts): Access {
  switch (kind) {
    case 'user':
      return ofPerson(facts);
    case 'guestLink':
      if (facts.standing === undefined) return no('no-right');
      // What has ended says so, whatever else is switched off.
      if (facts.standing.state === 'revoked') return byStanding(facts.standing, 'link');
      return facts.deactivated === true ? no('deactivated-home') : byStanding(facts.standing, 'link');
    case 'orgKey':
    case 'service':
      if (facts.deactivated === true) return no('deactivated-home');
      return { allowed: true, reason: kind === 'orgKey' ? 'organisation-key' : 'service' };
    case 'superKey':
      return { allowed: true, reason: 'super-key' };
    default:
      return no('no-right');
  }
}
