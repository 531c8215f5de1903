import { emptyObject, isJsonObject, isSameJson, type Json, type JsonObject } from '../json';

/** desired and reported of one shadow; an absent section has no members. */
export interface ShadowState {
  desired?: JsonObject;
  reported?: JsonObject;
}
/** The same shape with `{timestamp}` in place of every leaf, seconds. */
export interface ShadowMetadata {
  desired?: JsonObject;
  reported?: JsonObject;
}
export const sections = ['desired', 'reported'] as const;
export type Section = (typeof sections)[number];

const stamp = (seconds: number): JsonObject => {
  const leaf = emptyObject();
  leaf.timestamp = seconds;
  return leaf;
};

/** Metadata of a value that is new as a whole (device-shadow 2: one stamp a leaf, one per array element). */
export function stampAll(value: Json, seconds: number): Json {
  if (Array.isArray(value)) return value.map((element) => stampAll(element, seconds));
  if (!isJsonObject(value)) return stamp(seconds);
  const stamped = emptyObject();
  for (const [name, member] of Object.entries(value)) stamped[name] = stampAll(member, seconds);
  return stamped;
}

/** A patch value on its own: nulls dropped, an object of nothing but nulls is nothing, `{}` stays. */
function withoutNulls(value: Json): Json | undefined {
  if (value === null) return undefined;
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value);
  if (entries.length === 0) return emptyObject();
  const kept = emptyObject();
  for (const [name, member] of entries) {
    const clean = withoutNulls(member);
    if (clean !== undefined) kept[name] = clean;
  }
  return Object.keys(kept).length === 0 ? undefined : kept;
}

interface Merged {
  value: JsonObject;
  metadata: JsonObject;
}

function mergeObject(current: JsonObject, metadata: JsonObject, patch: JsonObject, seconds: number): Merged {
  const value = Object.assign(emptyObject(), current);
  const stamps = Object.assign(emptyObject(), metadata);
  for (const [name, change] of Object.entries(patch)) {
    const before = Object.hasOwn(value, name) ? value[name] : undefined;
    if (change === null) {
      delete value[name];
      delete stamps[name];
    } else if (isJsonObject(change) && isJsonObject(before)) {
      const inner = stamps[name];
      const merged = mergeObject(before, isJsonObject(inner) ? inner : emptyObject(), change, seconds);
      value[name] = merged.value;
      stamps[name] = merged.metadata;
    } else {
      const clean = withoutNulls(change);
      if (clean === undefined) continue;
      value[name] = clean;
      stamps[name] = stampAll(clean, seconds);
    }
  }
  return { value, metadata: stamps };
}

/** Merges one section (device-shadow 3); undefined when no member is left. */
export function mergeSection(
  current: JsonObject | undefined,
  metadata: JsonObject | undefined,
  patch: JsonObject | null,
  seconds: number,
): Merged | undefined {
  if (patch === null) return undefined;
  const merged = mergeObject(current ?? emptyObject(), metadata ?? emptyObject(), patch, seconds);
  return Object.keys(merged.value).length === 0 ? undefined : merged;
}

/** What desired has and reported has not (device-shadow 4); undefined when nothing. */
export function deltaOf(
  desired: JsonObject | undefined,
  reported: JsonObject | undefined,
): JsonObject | undefined {
  if (desired === undefined) return undefined;
  const delta = emptyObject();
  for (const [name, wanted] of Object.entries(desired)) {
    if (reported === undefined || !Object.hasOwn(reported, name)) {
      delta[name] = wanted;
      continue;
    }
    const present = reported[name];
    if (isJsonObject(wanted) && isJsonObject(present)) {
      const inner = deltaOf(wanted, present);
      if (inner !== undefined) delta[name] = inner;
    } else if (!isSameJson(wanted, present)) {
      delta[name] = wanted;
    }
  }
  return Object.keys(delta).length === 0 ? undefined : delta;
}

/** The part of the desired metadata that belongs to a delta. */
export function metadataOf(delta: JsonObject, metadata: JsonObject | undefined): JsonObject {
  const picked = emptyObject();
  for (const [name, member] of Object.entries(delta)) {
    const stamps = metadata !== undefined && Object.hasOwn(metadata, name) ? metadata[name] : undefined;
    if (stamps === undefined) continue;
    picked[name] = isJsonObject(member) && isJsonObject(stamps) ? metadataOf(member, stamps) : stamps;
  }
  return picked;
}
