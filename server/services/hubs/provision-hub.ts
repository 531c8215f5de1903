import { envelope } from '../../contracts/envelope';
import type { provisionHub as operation } from '../../contracts/hubs';
import type { InputOf, OutputOf } from '../../contracts/operation';
import { isDuplicate } from '../../db/errors';
import { invalidField } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import { projectOf } from '../../domain/principal';
import { isThingName } from '../../domain/topics';
import type { Caller, Deps } from '../deps';
import { createIdleThing } from '../things/create-thing';
import { insertHub } from './insert-hub';
import { hubThing, isHubId, loadHub } from './load-hub';

/** Names that belong to things of another kind, or to our own services. */
const reserved = /^(lock|device|matter|svc|hub)[-:]/;

/**
 * POST /hubs/{id}/ProvisionHub (lock-api 7): the factory registers a hub. An organisation's key makes it its own, the
 * super key makes one of no organisation yet. A second call records nothing. Raises `invalid`.
 */
export async function provisionHub(
  { db, secrets, clock }: Deps,
  { principal }: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const known = await loadHub(db, principal, params.id);
  authorise('hubs.provision', principal, known.facts);
  if (!isHubId(params.id)) throw invalidField('hubId', 'must be a UUID');
  if (known.hub !== undefined) return envelope(known.hub.id, known.hub.version, null);
  const id = params.id.toLowerCase();
  const thingName = body.thingName ?? hubThing(id);
  if (!isThingName(thingName) || (thingName !== hubThing(id) && reserved.test(thingName)))
    throw invalidField('thingName', 'cannot be the name of a hub’s thing');
  const projectId = projectOf(principal) ?? null;
  try {
    return await db.transaction(async (tx) => {
      const wanted = { ...body, id, projectId, thingName };
      const { hub, claimCode, event } = await insertHub(tx, secrets, wanted, clock.now());
      await createIdleThing(tx, { name: thingName, kind: 'hub', projectId });
      return { ...envelope(id, hub.version, event), claimCode };
    });
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    // Somebody was quicker with the same hub, or the thing is another's.
    const again = await loadHub(db, principal, id);
    authorise('hubs.provision', principal, again.facts);
    if (again.hub === undefined) throw invalidField('thingName', 'is taken');
    return envelope(id, again.hub.version, null);
  }
}
