/** JSON as it stands in shadows: objects without a prototype, so that `__proto__` is an ordinary member name. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [member: string]: Json;
}

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const emptyObject = (): JsonObject => Object.create(null) as JsonObject;

/** Strings, so that digits inside them are passed over, or one number with its exponent. */
const stringOrNumber = /"(?:[^"\\]|\\.)*"|-?\d[\d.]*(?:[eE][+-]?\d+)?/g;
/** Only what is written with so small an exponent, or so many zeros, can vanish; all else is spared the search. */
const maybeVanishing = /[eE]-\d{3}|0\.0{300}/;

/** Whether a number that is written as something other than zero has become zero. */
function hasVanished(text: string): boolean {
  if (!maybeVanishing.test(text)) return false;
  for (const [token] of text.matchAll(stringOrNumber)) {
    if (token.startsWith('"') || Number(token) !== 0) continue;
    if (/[1-9]/.test(token.split(/[eE]/, 1)[0] ?? '')) return true;
  }
  return false;
}

/**
 * Parses JSON text into prototype-free values. `number`: a number that would silently become another one (beyond 2^53,
 * beyond a double, or so small that it becomes zero); the rest of the value can still be read.
 */
export function parseJson(
  text: string,
):
  | { ok: true; value: Json }
  | { ok: false; problem: 'syntax' }
  | { ok: false; problem: 'number'; value: Json } {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return { ok: false, problem: 'syntax' };
  }
  let isExact = !hasVanished(text);
  // No reviver: it recurses, and a stack of ten thousand arrays is to be refused as too deep and not as no JSON.
  const open: Json[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next === 'number') {
      if (!Number.isFinite(next) || (Number.isInteger(next) && !Number.isSafeInteger(next))) isExact = false;
    } else if (typeof next === 'object' && next !== null) {
      if (!Array.isArray(next)) Object.setPrototypeOf(next, null);
      for (const member of Object.values(next)) open.push(member);
    }
  }
  return isExact ? { ok: true, value } : { ok: false, problem: 'number', value };
}

/** Whether objects and arrays nest deeper than `most` levels, the value itself being level 1. Does not recurse. */
export function isDeeperThan(value: Json, most: number): boolean {
  const open: { value: Json; level: number }[] = [{ value, level: 1 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next.value !== 'object' || next.value === null) continue;
    if (next.level > most) return true;
    for (const member of Object.values(next.value)) open.push({ value: member, level: next.level + 1 });
  }
  return false;
}

/** Equality by content: numbers by value, member order irrelevant. */
export function isSameJson(one: Json | undefined, other: Json | undefined): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) || Array.isArray(other)) {
    if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
    return one.every((member, index) => isSameJson(member, other[index]));
  }
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && isSameJson(one[name], other[name]))
  );
}
