import { eq } from 'drizzle-orm';
import { hubs } from '@/drizzle/schema';
import { type CommandEnvelope, envelope } from '../../contracts/envelope';
import type { Transaction } from '../../db/client';
import { Failure } from '../../domain/errors';
import { decideHub, type HubCommand } from '../../domain/hub/aggregate';
import type { Principal } from '../../domain/principal';
import { appendEvents } from '../../event-store/append';
import { type HomeEvent, record } from '../../event-store/outbox';
import { requireQuota } from '../projects/require-quota';
import { type HubRow, orgIdOf } from './load-hub';
import { toHub, toState } from './view';

export interface HubChange {
  hub: HubRow;
  answer: CommandEnvelope;
  /** False: the hub stood so already, and nothing was written. */
  isChanged: boolean;
  lines: (HomeEvent | undefined)[];
}

/**
 * Carries out a command on a hub whose row is held: decides, appends, writes `columns` beside the version and tells its
 * home. Raises `invalid`, and `device_unreachable` when the hub must be there and is not (lock-api 6.4).
 */
export async function changeHub(
  tx: Transaction,
  hub: HubRow,
  command: HubCommand,
  columns: Partial<HubRow>,
  { at, needsHub }: { at: Date; needsHub: boolean },
): Promise<HubChange> {
  const events = decideHub(hub.id, toState(hub, await orgIdOf(tx, hub.projectId)), command, at);
  if (needsHub && hub.reachable !== true)
    throw new Failure('device_unreachable', { message: 'The hub is not connected.' });
  const [event] = events;
  if (event === undefined)
    return { hub, answer: envelope(hub.id, hub.version, null), isChanged: false, lines: [] };
  const next = { ...hub, ...columns };
  await requireQuota(tx, {
    projectId: next.projectId,
    homeId: next.homeId,
    adds: {
      ...(next.projectId === hub.projectId ? {} : { maxHubs: 1 }),
      ...(next.homeId === null || next.homeId === hub.homeId ? {} : { maxHubsPerHome: 1 }),
    },
  });
  const orgId = await orgIdOf(tx, next.projectId);
  next.version = await appendEvents(
    tx,
    { aggregateType: 'hub', aggregateId: hub.id, orgId, version: hub.version },
    events,
    at,
  );
  await tx
    .update(hubs)
    .set({ ...columns, version: next.version })
    .where(eq(hubs.id, hub.id));
  const lines = [];
  if (next.homeId !== null) lines.push(await record(tx, next.homeId, 'hub', toHub(next, orgId, at)));
  if (hub.homeId !== null && hub.homeId !== next.homeId)
    lines.push(await record(tx, hub.homeId, 'hub', { hubId: hub.id, gone: true }));
  return { hub: next, answer: envelope(hub.id, next.version, event), isChanged: true, lines };
}

/** A person acts for nobody else (lock-api 3); keys and services name whom they act for. Raises `forbidden`. */
export function requireSelf(principal: Principal, userId: string): void {
  if (principal.kind === 'user' && userId !== String(principal.userId))
    throw new Failure('forbidden', { reason: 'PERMISSION_DENIED' });
}
