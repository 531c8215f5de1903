import { invalidField } from './errors';

/** Deeper than any real event, and far from where parsers of receivers and of PostgreSQL give up. */
const levelsMost = 100;
const isUnstorable = (text: string): boolean => text.includes('\u0000') || /\p{Surrogate}/u.test(text);

/**
 * Whether a parsed JSON value can be kept in PostgreSQL's jsonb and read by every receiver: no NUL and no half of a
 * surrogate pair in its texts and names, and at most 100 levels. Does not recurse.
 */
export function isStorable(value: unknown): boolean {
  const open: { value: unknown; level: number }[] = [{ value, level: 1 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value: one, level } = next;
    if (typeof one === 'string' && isUnstorable(one)) return false;
    if (typeof one !== 'object' || one === null) continue;
    if (level > levelsMost) return false;
    for (const [name, member] of Object.entries(one)) {
      if (isUnstorable(name)) return false;
      open.push({ value: member, level: level + 1 });
    }
  }
  return true;
}

/** Raises `invalid` for a field whose value cannot be kept so. */
export function requireStorable(field: string, value: unknown): void {
  if (!isStorable(value)) throw invalidField(field, `must be plain JSON of at most ${levelsMost} levels`);
}
