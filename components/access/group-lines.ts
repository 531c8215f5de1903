import type { AccessLine } from '@/server/contracts/access';

/** Somebody, or something that is nobody, with all rights at the door. */
export interface Opener {
  key: string;
  name: string;
  allowed: boolean;
  lines: AccessLine[];
}

export interface Openers {
  people: Opener[];
  links: AccessLine[];
  pins: AccessLine[];
  organisation: AccessLine[];
}

const personOf = (line: AccessLine): string | undefined => {
  if (line.kind === 'grant') return String(line.userId);
  const isNobody = line.kind === 'link' || line.kind === 'pin' || line.kind === 'organisation';
  return isNobody ? undefined : line.id;
};

/** What tells a line from all others of the same answer. */
export const keyOf = (line: AccessLine): string => `${line.kind} ${line.id}`;

/** Lines by whom they are about: several rights of one person are one entry, which opens if any of them does. */
export function groupLines(lines: readonly AccessLine[]): Openers {
  const people = new Map<string, Opener>();
  for (const line of lines) {
    const person = personOf(line);
    if (person === undefined) continue;
    const known = people.get(person);
    if (known === undefined)
      people.set(person, { key: `person ${person}`, name: line.name, allowed: line.allowed, lines: [line] });
    else {
      known.lines.push(line);
      known.allowed ||= line.allowed;
    }
  }
  return {
    people: [...people.values()],
    links: lines.filter(({ kind }) => kind === 'link'),
    pins: lines.filter(({ kind }) => kind === 'pin'),
    organisation: lines.filter(({ kind }) => kind === 'organisation'),
  };
}

function openers(lines: readonly AccessLine[]): Map<string, { name: string; allowed: boolean }> {
  const { people, links, pins, organisation } = groupLines(lines);
  const others = [...links, ...pins, ...organisation].map(
    (line) => [keyOf(line), { name: line.name, allowed: line.allowed }] as const,
  );
  return new Map([...people.map((one) => [one.key, one] as const), ...others]);
}

/** How many people, links and keys open the door. */
export const countOpeners = (lines: readonly AccessLine[]): number =>
  [...openers(lines).values()].filter(({ allowed }) => allowed).length;

/** Who can open then and cannot now, and the other way round, by name; and their keys, because names may be shared. */
export function whoDiffers(
  now: readonly AccessLine[],
  then: readonly AccessLine[],
): { more: string[]; fewer: string[]; keys: ReadonlySet<string> } {
  const known = openers(now);
  const changed = [...openers(then)].filter(
    ([key, { allowed }]) => (known.get(key)?.allowed ?? false) !== allowed,
  );
  const names = (allowed: boolean) =>
    changed.filter(([, one]) => one.allowed === allowed).map(([, { name }]) => name);
  return { more: names(true), fewer: names(false), keys: new Set(changed.map(([key]) => key)) };
}
