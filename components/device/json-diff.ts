/** One place of a shadow: its path and what is wanted and said there, as JSON text; undefined: nothing. */
export interface ShadowLine {
  path: string;
  desired: string | undefined;
  reported: string | undefined;
  /** The service says that the thing has yet to follow. */
  isDelta: boolean;
}

type Value = unknown;
const isObject = (value: Value): value is Record<string, Value> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const nameIn = (path: string, name: string): string => {
  const part = /^[A-Za-z_][\w-]*$/.test(name) ? name : JSON.stringify(name);
  return path === '' ? part : `${path}.${part}`;
};

/** Leaves of a value by path; arrays and empty objects count as leaves, as in shadows. */
export function leavesOf(value: Value, path = '', into = new Map<string, string>()): Map<string, string> {
  const members = isObject(value) ? Object.entries(value) : [];
  if (members.length === 0) {
    if (path !== '') into.set(path, JSON.stringify(value));
    return into;
  }
  for (const [name, member] of members) leavesOf(member, nameIn(path, name), into);
  return into;
}

/** Whether two JSON texts of leaves differ by content; the order of members inside does not count. */
const sorted = (value: Value): Value =>
  Array.isArray(value)
    ? value.map(sorted)
    : isObject(value)
      ? Object.fromEntries(
          Object.keys(value)
            .sort()
            .map((name) => [name, sorted(value[name])]),
        )
      : value;
const canonical = (leaf: string | undefined): string | undefined =>
  leaf === undefined ? undefined : JSON.stringify(sorted(JSON.parse(leaf)));

/** desired, reported and delta of a shadow side by side, by path in order. */
export function shadowLines(shadow: { desired: Value; reported: Value; delta: Value }): ShadowLine[] {
  const [desired, reported, delta] = [shadow.desired, shadow.reported, shadow.delta].map((part) =>
    leavesOf(part),
  );
  if (desired === undefined || reported === undefined || delta === undefined) return [];
  return [...new Set([...desired.keys(), ...reported.keys()])].sort().map((path) => ({
    path,
    desired: desired.get(path),
    reported: reported.get(path),
    isDelta: delta.has(path),
  }));
}

/** Paths at which two readings of a shadow differ. */
export function changedPaths(before: readonly ShadowLine[], after: readonly ShadowLine[]): Set<string> {
  const known = new Map(before.map((line) => [line.path, line]));
  const changed = new Set<string>();
  for (const line of after) {
    const old = known.get(line.path);
    known.delete(line.path);
    if (
      canonical(old?.desired) !== canonical(line.desired) ||
      canonical(old?.reported) !== canonical(line.reported)
    )
      changed.add(line.path);
  }
  for (const path of known.keys()) changed.add(path);
  return changed;
}
