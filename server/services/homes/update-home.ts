import type { updateHome as operation } from '../../contracts/homes';
import type { InputOf } from '../../contracts/operation';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import { recordDeed } from '../audit/record';
import type { Caller, Deps } from '../deps';
import { retimePins } from '../lock-pins/retime-pins';
import { changeHome } from './change-home';
import { loadHome } from './load-home';

const denied = (message: string) => new Failure('forbidden', { reason: 'PERMISSION_DENIED', message });

/**
 * PATCH /homes/{homeId} (mode-api 5.2). The time zone moves access windows, so owners alone may set it (model 2); a key
 * with administration alone switches a home off and on. A client that sends back what it was shown is not refused.
 */
export async function updateHome(
  deps: Deps,
  { principal, address }: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<undefined> {
  const { db, bus, clock } = deps;
  const { home, facts } = await loadHome(db, principal, params.homeId);
  authorise('homes.update', principal, facts);
  const { name, deactivated } = body;
  const mayMoveTime = body.timezone === home?.timezone || facts.role === 'owner';
  if (body.timezone !== undefined && !mayMoveTime && name === undefined)
    throw denied('Only an owner may change the time zone.');
  // Some clients send it beside every new name.
  const timezone = mayMoveTime ? body.timezone : undefined;
  if (deactivated !== undefined && deactivated !== home?.deactivated && principal.kind !== 'projectKey')
    throw denied('Only an administrator may switch a home off or on.');
  const changes = {
    ...(name === undefined ? {} : { name }),
    ...(timezone === undefined ? {} : { timezone }),
    ...(deactivated === undefined || deactivated === home?.deactivated ? {} : { deactivated }),
  };
  if (Object.keys(changes).length === 0) return;
  const event = await db.transaction(async (tx) => {
    const deed = (action: string, data?: Record<string, unknown>) =>
      recordDeed(tx, principal, {
        projectId: home?.projectId ?? 0,
        homeId: params.homeId,
        action,
        subject: { kind: 'home', id: String(params.homeId) },
        ...(data === undefined ? {} : { data }),
        address: address ?? null,
        at: clock.now(),
      });
    // It moves access windows (model 2).
    if (timezone !== undefined && timezone !== home?.timezone)
      await deed('home.set-timezone', { from: home?.timezone ?? null, to: timezone });
    if (changes.deactivated !== undefined)
      await deed(changes.deactivated ? 'home.deactivate' : 'home.reactivate');
    return changeHome(tx, params.homeId, changes);
  });
  bus.announce([event]);
  if (timezone !== undefined && timezone !== home?.timezone) await retimePins(deps, params.homeId, principal);
}
