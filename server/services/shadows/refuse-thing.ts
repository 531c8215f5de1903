import type { Executor } from '../../db/client';
import type { ShadowRejection } from '../../domain/shadow/request';
import { type Deps, defaultShadowRules } from '../deps';
import { findThing } from '../things/find-thing';

/**
 * Why requests of a thing are refused, if they are (device-shadow 6): 404 for one that nobody registered, 403 for one
 * that was revoked or whose hub is suspended, also where a foreign broker still lets it in.
 */
export async function refuseThing(
  executor: Executor,
  { shadowRules = defaultShadowRules }: Pick<Deps, 'shadowRules'>,
  name: string,
): Promise<ShadowRejection | undefined> {
  const thing = await findThing(executor, name);
  if (thing?.isRevoked || thing?.isBarred) return { code: 403, message: 'Forbidden' };
  if (thing === undefined && shadowRules.areThingsRegistered)
    return { code: 404, message: 'Thing not found' };
  return undefined;
}
