import { type Principal, worksFor } from './principal';

interface Subject {
  exists?: boolean;
  projectId?: number | null;
  /** Projects that the staff account which the call is about works for. */
  staffProjects?: readonly number[] | 'all';
}

/** Staff, in the projects they work for; what is of no such project is not there. */
export const supporter = ({ exists, projectId }: Subject, principal: Principal): 'allow' | 'not-found' =>
  principal.kind === 'staff' &&
  exists !== false &&
  typeof projectId === 'number' &&
  worksFor(principal, projectId)
    ? 'allow'
    : 'not-found';

/** Staff who may change what a project is. */
export function administrator(subject: Subject, principal: Principal): 'allow' | 'deny' | 'not-found' {
  const verdict = supporter(subject, principal);
  return verdict === 'allow' && principal.kind === 'staff' && principal.role !== 'admin' ? 'deny' : verdict;
}

/**
 * Administrators manage the staff accounts that work for projects of theirs and for no others, so that nobody is given or
 * loses a right through somebody who does not have it. Accounts beyond that are not there.
 */
export function overseer(
  { exists, staffProjects }: Subject,
  principal: Principal,
): 'allow' | 'deny' | 'not-found' {
  if (principal.kind !== 'staff' || principal.role !== 'admin') return 'deny';
  if (exists === false || staffProjects === undefined) return 'not-found';
  if (principal.projects === 'all') return 'allow';
  const isWithin =
    staffProjects !== 'all' &&
    staffProjects.length > 0 &&
    staffProjects.every((projectId) => worksFor(principal, projectId));
  return isWithin ? 'allow' : 'not-found';
}
