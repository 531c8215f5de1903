import type { getHubStatus as operation } from '../../contracts/hubs';
import type { InputOf, OutputOf } from '../../contracts/operation';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { loadHub } from './load-hub';
import { toHub } from './view';

/** GET /hubs/{id}/status (lock-api 7). */
export async function getStatus(
  { db, clock }: Deps,
  { principal }: Caller,
  { params }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const { hub, orgId, facts } = await loadHub(db, principal, params.id);
  authorise('hubs.status', principal, facts);
  if (hub === undefined) throw new Failure('not_found');
  return toHub(hub, orgId, clock.now());
}
