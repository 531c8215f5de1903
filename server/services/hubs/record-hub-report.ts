import { and, eq } from 'drizzle-orm';
import { commissionings, hubs } from '@/drizzle/schema';
import type { Transaction } from '../../db/client';
import { decideCommissioning, type HubReport, readHubReport } from '../../domain/hub/commissioning';
import type { JsonObject } from '../../domain/json';
import { type HomeEvent, record } from '../../event-store/outbox';
import { changeCommissioning } from '../commissionings/change-commissioning';
import type { RecordedReport } from '../locks/record-report';
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
  const lines: (HomeEvent | undefined)[] = [];
  const ended: RecordedReport['ended'] = [];
  const info = newInfo(hub, report);
  await tx
    .update(hubs)
    .set({ lastSeenAt: now, ...(info === undefined ? {} : { info }) })
    .where(eq(hubs.id, hub.id));
  if (info !== undefined && hub.homeId !== null) {
    const view = toHub({ ...hub, info, lastSeenAt: now }, await orgIdOf(tx, hub.projectId), now);
    lines.push(await record(tx, hub.homeId, 'hub', view));
  }
  const { command } = report;
  if (command === undefined || !isHubId(command.id)) return { events: lines.filter(isLine), ended };
  const [attempt] = await tx
    .select()
    .from(commissionings)
    .where(and(eq(commissionings.id, command.id), eq(commissionings.hubId, hub.id)));
  if (attempt === undefined) {
    if (command.state !== 'accepted') ended.push({ id: command.id, thing, of: 'hub-command' });
    return { events: lines.filter(isLine), ended };
  }
  const decision = decideCommissioning(attempt, command, now);
  if (decision === undefined) return { events: lines.filter(isLine), ended };
  const taken = decision.device === undefined ? undefined : await takeInDevice(tx, hub, decision.device, now);
  const change = { ...decision.change, ...(taken === undefined ? {} : taken.ids) };
  const { event } = await changeCommissioning(tx, attempt, change);
  lines.push(...(taken?.lines ?? []), event);
  if (decision.change.outcomeAt !== undefined) ended.push({ id: attempt.id, thing, of: 'commissioning' });
  return { events: lines.filter(isLine), ended };
}

const isLine = (line: HomeEvent | undefined): line is HomeEvent => line !== undefined;
