import { randomUUID } from 'node:crypto';
import { Failure } from '../../domain/errors';
import type { ShadowAddress, ShadowRequestKind } from '../../domain/topics';
import type { Deps } from '../deps';
import { failureOf } from './fail';

const answerMs = 5_000;

/**
 * Asks the shadow service that somebody else keeps, as one of its clients. The answer carries the caller's own token, or
 * none. Raises the failure that the service tells, `unavailable` when it tells none.
 */
export async function askShadow(
  deps: Deps,
  address: ShadowAddress,
  kind: ShadowRequestKind,
  request: { clientToken?: string },
): Promise<Record<string, unknown>> {
  const clientToken = request.clientToken ?? randomUUID();
  const reply = await deps.shadow.request(address, kind, { ...request, clientToken }, answerMs);
  if (reply.kind === 'rejected') throw failureOf(reply);
  if (reply.kind !== 'accepted') throw new Failure('unavailable', { retryAfterSeconds: 1 });
  const { clientToken: echoed, ...document } = reply.document;
  return request.clientToken === undefined ? document : { ...document, clientToken: echoed };
}
