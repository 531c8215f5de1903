import type { Transaction } from '../../db/client';
import { emptyObject, isJsonObject, type JsonObject } from '../../domain/json';
import { bringsExpiredCommand } from '../../domain/shadow/expired-command';
import type { ShadowRejection, UpdateRequest } from '../../domain/shadow/request';
import { applyUpdate, type Shadow, type Updated } from '../../domain/shadow/shadow';
import type { ShadowAddress } from '../../domain/topics';
import type { Deps } from '../deps';
import type { RecordedReport } from '../locks/record-report';
import { isShadowUpdateWanted, queueShadowUpdate } from '../webhooks/queue-shadow-update';
import { refuseThing } from './refuse-thing';
import { admitAndHold, saveShadow } from './store';
import { takeReport } from './take-report';

export type ShadowUpdate =
  | { ok: true; updated: Updated; report: RecordedReport }
  | { ok: false; rejection: ShadowRejection };

/** The members that a report touched, as they stand after the merge; null: it took them away. */
function touched(request: UpdateRequest, next: Shadow): JsonObject | undefined {
  const patch = request.state?.reported;
  if (!patch) return undefined;
  const picked = emptyObject();
  for (const name of Object.keys(patch)) {
    picked[name] = next.state.reported?.[name] ?? null;
  }
  return picked;
}

/**
 * What a hub said of a command: a report of another command than the last one stands for itself, since the shadow merges
 * it with what was said of that one; of the same command the step alone is of this report.
 */
function ofItself(request: UpdateRequest, current: Shadow | undefined, reported: JsonObject): JsonObject {
  const said = request.state?.reported?.command;
  const merged = reported.command;
  const before = current?.state.reported?.command;
  if (!isJsonObject(said) || !isJsonObject(merged)) return reported;
  const isSame = isJsonObject(before) && before.id === merged.id;
  const command = isSame ? { ...merged, step: said.step ?? null } : said;
  return Object.assign(emptyObject(), reported, { command });
}

/**
 * Updates a shadow. What a lock or a hub reports is taken in within the same transaction, so that neither is ever known without
 * the other. Nothing is published here: the caller does, after commit.
 */
export async function updateShadow(
  deps: Deps,
  address: ShadowAddress,
  request: UpdateRequest,
  within?: (tx: Transaction, current: Shadow | undefined) => Promise<UpdateRequest | undefined>,
): Promise<ShadowUpdate | undefined> {
  const isTold = await isShadowUpdateWanted(deps);
  return deps.db.transaction(async (tx) => {
    const now = deps.clock.now();
    // What we ourselves take back is not asked of anybody.
    const refusing = within === undefined ? refuseThing(tx, deps, address.thing) : Promise.resolve(undefined);
    const held = await admitAndHold(tx, address, now, refusing);
    if (held.refusal !== undefined) return { ok: false, rejection: held.refusal };
    const { current } = held;
    if (within === undefined && bringsExpiredCommand(request, now))
      return { ok: false, rejection: { code: 400, message: 'The command has expired' } };
    const wanted = within === undefined ? request : await within(tx, current);
    if (wanted === undefined) return undefined;
    const updated = applyUpdate(current, wanted, Math.floor(now.getTime() / 1000));
    if (!updated.ok) return updated;
    await saveShadow(tx, address, updated.next, now);
    if (isTold) await queueShadowUpdate(tx, address, updated, now);
    const reported = address.name === '' ? touched(wanted, updated.next) : undefined;
    const report: RecordedReport =
      reported === undefined
        ? { events: [], ended: [] }
        : await takeReport(tx, address.thing, { reported, own: ofItself(wanted, current, reported) }, now);
    return { ok: true, updated, report };
  });
}
