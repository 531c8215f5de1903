import type { OperationId } from '../contracts/registry';
import { Failure } from './errors';
import { accessRows } from './permissions/access';
import { accountsRows } from './permissions/accounts';
import { devicesRows } from './permissions/devices';
import { homesRows } from './permissions/homes';
import { hubsRows } from './permissions/hubs';
import { locksRows } from './permissions/locks';
import type { Facts, Row, Verdict } from './permissions/rules';
import { staffRows } from './permissions/staff';
import type { Principal } from './principal';
import { isViewable } from './viewable';

export type { Facts, Role } from './permissions/rules';

/** The one permission table: operation × principal, deny by default. */
const table: Record<OperationId, Row> = {
  ...accountsRows,
  ...homesRows,
  ...devicesRows,
  ...locksRows,
  ...accessRows,
  ...hubsRows,
  ...staffRows,
};

/** The verdict of the table, for tests and for pages that show what a person may do. */
export function verdict(
  operation: OperationId,
  principal: Principal,
  facts: Facts = {},
): Verdict | 'unauthenticated' {
  if (principal.kind === 'user' && principal.view !== undefined && !isViewable(operation)) return 'deny';
  const rule = table[operation][principal.kind];
  if (rule === undefined) return principal.kind === 'anonymous' ? 'unauthenticated' : 'deny';
  return rule(facts, principal);
}

export const isAllowed = (operation: OperationId, principal: Principal, facts: Facts = {}): boolean =>
  verdict(operation, principal, facts) === 'allow';

/** Throws the Failure that the table holds for this call: `unauthenticated`, `forbidden` or `not_found`. */
export function authorise(operation: OperationId, principal: Principal, facts: Facts = {}): void {
  const answer = verdict(operation, principal, facts);
  switch (answer) {
    case 'allow':
      return;
    case 'unauthenticated':
      throw new Failure('unauthenticated');
    case 'not-found':
      throw new Failure('not_found', { reason: 'NOT_FOUND' });
    case 'members-only':
      throw new Failure('forbidden', { reason: 'MEMBERS_ONLY' });
    case 'deny':
      throw new Failure('forbidden', { reason: 'PERMISSION_DENIED' });
  }
}
