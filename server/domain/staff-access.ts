import { type Principal, worksFor } from './principal';

interface Subject {
  exists?: boolean;
  projectId?: number | null;
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
