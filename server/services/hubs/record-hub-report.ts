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
import { settleRemoval } from '../../domain/hub/removal';
import type { JsonObject } from '../../domain/json';
import { record } from '../../event-store/outbox';
import { changeCommissioning } from '../commissionings/change-commissioning';
import type { RecordedReport } from '../locks/record-report';
import { isQuotaReached } from '../projects/require-quota';
import { type HubRow, isHubId, orgIdOf } from './load-hub';
import { takeInDevice } from './take-in-device';
import { toHub } from './view';

type Info = NonNullable<HubRow['info']>;

/** What the hub says of itself, and of a lock that it was told to give up, merged with what it said before. */
function infoOf(hub: HubRow, { command, pinKey: _, ...told }: HubReport, now: Date): Info {
  const before = hub.info ?? {};
  const { removal } = before;
  const next = { ...before, ...told };
  const settled =
    removal === undefined || command === undefined ? undefined : settleRemoval(removal, command, now);
  if (settled === undefined) return next;
  // A hub may say that it is done before it shows its list without the lock.
  const isGone = settled.failures === 0 && !settled.isForced;
  const locks = isGone ? next.locks?.filter((thing) => thing !== settled.thing) : next.locks;
  return { ...next, removal: settled, ...(locks === undefined ? {} : { locks }) };
}

/** What of it pages show. */
const shownOf = ({ version, startedAt, address }: Info) => JSON.stringify([version, startedAt, address]);

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
  const info = infoOf(hub, report, now);
  const isShown = shownOf(info) !== shownOf(hub.info ?? {});
  await tx
    .update(hubs)
    .set({ lastSeenAt: now, info, ...(report.pinKey === undefined ? {} : { pinKey: report.pinKey }) })
    .where(eq(hubs.id, hub.id));
  const { command } = report;
  const { events, ended } =
    command !== undefined && isHubId(command.id)
      ? await settleCommand(tx, hub, command, now)
      : { events: [], ended: [] };
  if (isShown && hub.homeId !== null) {
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
