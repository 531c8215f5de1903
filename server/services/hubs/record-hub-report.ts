import { and, eq } from 'drizzle-orm';
import { commissionings, hubs } from '@/drizzle/schema';
import type { Transaction } from '../../db/client';
import {
  type CommandReport,
  decideCommissioning,
  type HubReport,
  type PairedDevice,
  readHubReport,
} from '../../domain/hub/commissioning';
import type { JsonObject } from '../../domain/json';
import { record } from '../../event-store/outbox';
import { changeCommissioning } from '../commissionings/change-commissioning';
import type { RecordedReport } from '../locks/record-report';
import { isQuotaReached } from '../projects/require-quota';
import { type HubRow, isHubId, orgIdOf } from './load-hub';
import { takeInDevice } from './take-in-device';
import { toHub } from './view';

/** What the hub says of itself, merged with what it said before; undefined when nothing is new. */
function newInfo(hub: HubRow, { version, startedAt, address }: HubReport): HubRow['info'] | undefined {
  const next = {
    ...hub.info,
    ...(version === undefined ? {} : { version }),
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(address === undefined ? {} : { address }),
  };
  return JSON.stringify(next) === JSON.stringify(hub.info ?? {}) ? undefined : next;
}

/**
 * Takes in what a hub reported, in the transaction that stores its shadow: how far a pairing is, what came of it, and
 * what the hub says of itself. Things that are no hub, and commands that nobody knows, change nothing.
 */
export async function recordHubReport(
  tx: Transaction,
  thing: string,
  reported: JsonObject,
  now: Date,
): Promise<RecordedReport> {
  const [hub] = await tx.select().from(hubs).where(eq(hubs.thingName, thing)).for('update');
  if (hub === undefined) return { events: [], ended: [] };
  const report = readHubReport(reported);
  const info = newInfo(hub, report);
  await tx
    .update(hubs)
    .set({ lastSeenAt: now, ...(info === undefined ? {} : { info }) })
    .where(eq(hubs.id, hub.id));
  const { command } = report;
  const { events, ended } =
    command !== undefined && isHubId(command.id)
      ? await settleCommand(tx, hub, command, now)
      : { events: [], ended: [] };
  if (info !== undefined && hub.homeId !== null) {
    const view = toHub({ ...hub, info, lastSeenAt: now }, await orgIdOf(tx, hub.projectId), now);
    const line = await record(tx, hub.homeId, 'hub', view);
    if (line !== undefined) events.push(line);
  }
  return { events, ended };
}

/** A lock that the project has no room for is paired and stays outside: the attempt has failed, and says why. */
async function takeInIfRoom(tx: Transaction, hub: HubRow, device: PairedDevice, now: Date) {
  try {
    return await takeInDevice(tx, hub, device, now);
  } catch (error) {
    // It is raised before anything is written.
    if (!isQuotaReached(error)) throw error;
    return { status: 'failed', error: 'QUOTA_REACHED', message: error.message } as const;
  }
}

/** What the hub said of a command: of a pairing of ours, or of another command, which is then over. */
async function settleCommand(
  tx: Transaction,
  hub: HubRow,
  command: CommandReport,
  now: Date,
): Promise<RecordedReport> {
  const { thingName: thing } = hub;
  const [attempt] = await tx
    .select()
    .from(commissionings)
    .where(and(eq(commissionings.id, command.id), eq(commissionings.hubId, hub.id)));
  if (attempt === undefined) {
    const isOver = command.state !== 'accepted';
    return { events: [], ended: isOver ? [{ id: command.id, thing, of: 'hub-command' }] : [] };
  }
  const decision = decideCommissioning(attempt, command, now);
  if (decision === undefined) return { events: [], ended: [] };
  const { change, device } = decision;
  const taken = device === undefined ? {} : await takeInIfRoom(tx, hub, device, now);
  const { event } = await changeCommissioning(tx, attempt, { ...change, ...taken });
  return {
    events: event === undefined ? [] : [event],
    ended: change.outcomeAt === undefined ? [] : [{ id: attempt.id, thing, of: 'commissioning' }],
  };
}
