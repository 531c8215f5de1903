import type { Deps } from '../deps';
import { checkThings } from './check-things';

/** Things a hub speaks for: its locks and its other devices. Other things speak for themselves alone. */
export async function listGatewayThings(deps: Pick<Deps, 'db'>, thing: string): Promise<string[]> {
  const { gatewayFor } = await checkThings(deps, [thing]);
  return gatewayFor.get(thing) ?? [];
}
