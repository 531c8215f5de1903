import type { ActivityOutcome } from '@/server/contracts/activity';

export const outcomes = [
  'opened',
  'late',
  'failed',
  'unconfirmed',
  'withdrawn',
  'running',
  'refused',
  'operated',
  'alarm',
  'support',
] as const;
/** Ways to ask, and then what moves a bolt where nobody asks. */
export const ways = [
  'page',
  'api',
  'link',
  'pin',
  'admin',
  'manual',
  'keypad',
  'auto',
  'remote',
  'other',
] as const;

/** What the address bar asks for. */
export interface Filter {
  who?: string;
  outcome?: ActivityOutcome;
  via?: (typeof ways)[number];
  lockId?: string;
  from?: string;
  until?: string;
}
export type Given = Readonly<Record<string, string | readonly string[] | undefined>>;

const one = <Value extends string>(values: readonly Value[], text: string | undefined): Value | undefined =>
  values.find((value) => value === text);

function dayIn(text: string | undefined): string | undefined {
  if (text === undefined || !/^\d{4}-\d\d-\d\d$/.test(text)) return undefined;
  const at = new Date(`${text}T00:00:00.000Z`);
  return Number.isNaN(at.getTime()) || !at.toISOString().startsWith(text) ? undefined : text;
}

/** Reads a filter from an address; what makes no sense there asks for nothing. */
export function readFilter(given: Given): Filter {
  const text = (name: string): string | undefined => {
    const value = given[name];
    return typeof value === 'string' && value !== '' && value.length <= 200 ? value : undefined;
  };
  const who = text('who');
  const lockId = text('lockId');
  const parts = {
    who: who !== undefined && /^[a-zA-Z]+:[^\0]*$/.test(who) ? who : undefined,
    outcome: one(outcomes, text('outcome')),
    via: one(ways, text('via')),
    lockId: lockId !== undefined && /^[1-9]\d{0,14}$/.test(lockId) ? lockId : undefined,
    from: dayIn(text('from')),
    until: dayIn(text('until')),
  };
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
}

/** The filter as it stands in an address; empty when it asks for everything. */
export const filterText = (filter: Filter): string =>
  new URLSearchParams(Object.entries(filter) as [string, string][]).toString();
