import { and, eq } from 'drizzle-orm';
import { shadows } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import { isJsonObject, parseJson } from '../../domain/json';
import type { ShadowMetadata, ShadowState } from '../../domain/shadow/document';
import type { Shadow } from '../../domain/shadow/shadow';
import type { ShadowAddress } from '../../domain/topics';

const at = ({ thing, name }: ShadowAddress) => and(eq(shadows.thing, thing), eq(shadows.name, name));

function read<Value>(text: string): Value {
  const parsed = parseJson(text);
  if (!parsed.ok || !isJsonObject(parsed.value)) throw new Error('a stored shadow cannot be read');
  return parsed.value as Value;
}

const toShadow = (row: typeof shadows.$inferSelect): Shadow => ({
  version: row.version,
  deleted: row.deleted,
  state: read<ShadowState>(row.state),
  metadata: read<ShadowMetadata>(row.metadata),
});

/** The shadow as it stands; undefined when there never was one. */
export async function loadShadow(executor: Executor, address: ShadowAddress): Promise<Shadow | undefined> {
  const [row] = await executor.select().from(shadows).where(at(address));
  return row === undefined || row.version === 0 ? undefined : toShadow(row);
}

const selectHeld = (executor: Executor, address: ShadowAddress) =>
  executor.select().from(shadows).where(at(address)).for('update');

/**
 * The same, held until the transaction ends, so that requests of one shadow run one after another (device-shadow 3).
 * Where there never was one, a row is made to hold: two first updates at once must see each other.
 */
export async function holdShadow(
  executor: Executor,
  address: ShadowAddress,
  now: Date,
  /** What was found when it was asked for before. */
  found: readonly (typeof shadows.$inferSelect)[] | undefined = undefined,
): Promise<Shadow | undefined> {
  let [row] = found ?? (await selectHeld(executor, address));
  if (row === undefined) {
    await executor
      .insert(shadows)
      .values({ ...address, version: 0, deleted: true, state: '{}', metadata: '{}', updatedAt: now })
      .onConflictDoNothing();
    [row] = await selectHeld(executor, address);
  }
  return row === undefined || row.version === 0 ? undefined : toShadow(row);
}

/** Holds a shadow for a request, unless its thing may not ask: one round trip for both, and nothing is made for nothing. */
export async function admitAndHold<Refusal>(
  executor: Executor,
  address: ShadowAddress,
  now: Date,
  refusing: Promise<Refusal | undefined>,
): Promise<{ refusal: Refusal } | { refusal?: undefined; current: Shadow | undefined }> {
  // Sent together; the transaction keeps them whole.
  const [refusal, found] = await Promise.all([refusing, selectHeld(executor, address)]);
  return refusal === undefined ? { current: await holdShadow(executor, address, now, found) } : { refusal };
}

/** Writes a shadow that is held. */
export async function saveShadow(
  executor: Executor,
  address: ShadowAddress,
  shadow: Shadow,
  now: Date,
): Promise<void> {
  await executor
    .update(shadows)
    .set({
      version: shadow.version,
      deleted: shadow.deleted,
      state: JSON.stringify(shadow.state),
      metadata: JSON.stringify(shadow.metadata),
      updatedAt: now,
    })
    .where(at(address));
}
