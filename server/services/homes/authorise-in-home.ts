import type { OperationId } from '../../contracts/registry';
import { Failure, invalidField } from '../../domain/errors';
import { authorise, type Facts } from '../../domain/permissions';
import type { Principal } from '../../domain/principal';

/**
 * Asks the permission table for a call that lists no 404 (collections and POST): a home that is not there is then a
 * wrong parameter, 403 `INVALID_HOME_ID` (mode-api 1.4, rule 3).
 */
export function authoriseInHome(operation: OperationId, principal: Principal, facts: Facts): void {
  try {
    authorise(operation, principal, facts);
  } catch (error) {
    if (error instanceof Failure && error.code === 'not_found')
      throw invalidField('homeId', 'there is no such home', 'INVALID_HOME_ID');
    throw error;
  }
}
