import { eq } from 'drizzle-orm';
import { homes } from '@/drizzle/schema';
import type { updateHome as operation } from '../../contracts/homes';
import type { InputOf } from '../../contracts/operation';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import { record } from '../../event-store/outbox';
import type { Caller, Deps } from '../deps';
import { loadHome } from './load-home';

/** PATCH /homes/{homeId} (mode-api 5.2). The time zone moves access windows, so owners alone may set it (model 2). */
export async function updateHome(
  { db, bus }: Deps,
  { principal }: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<undefined> {
  const { home, facts } = await loadHome(db, principal, params.homeId);
  authorise('homes.update', principal, facts);
  const changes = {
    ...(body.name === undefined ? {} : { name: body.name }),
    ...(body.timezone === undefined ? {} : { timezone: body.timezone }),
  };
  if (body.timezone !== undefined && body.timezone !== home?.timezone && facts.role !== 'owner') {
    throw new Failure('forbidden', {
      reason: 'PERMISSION_DENIED',
      message: 'Only an owner may change the time zone.',
    });
  }
  if (Object.keys(changes).length === 0) return;
  const event = await db.transaction(async (tx) => {
    await tx.update(homes).set(changes).where(eq(homes.id, params.homeId));
    return record(tx, params.homeId, 'home', changes);
  });
  bus.announce([event]);
}
