import type { Facts } from '../../domain/permissions';
import type { Principal } from '../../domain/principal';
import type { Deps } from '../deps';
import { findThing, type Thing } from './find-thing';
import { listGatewayThings } from './list-gateway-things';

/** A thing and what the permission table asks about it. */
export async function loadThing(
  { db }: Pick<Deps, 'db'>,
  principal: Principal,
  name: string,
): Promise<{ thing: Thing | undefined; facts: Facts }> {
  const thing = await findThing(db, name);
  const isBehindCaller =
    principal.kind === 'thing' && (await listGatewayThings({ db }, principal.name)).includes(name);
  return {
    thing,
    facts: {
      exists: thing !== undefined,
      subjectThing: name,
      isDeviceThing: thing?.kind === 'device',
      isBehindCaller,
      ...(thing === undefined ? {} : { projectId: thing.projectId }),
    },
  };
}
