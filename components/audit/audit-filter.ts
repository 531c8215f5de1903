import { rangeEnd, rangeStart } from '@/server/domain/activity/calendar';

/** What the address of the audit page asks for. */
export interface AuditFilter {
  project?: string;
  home?: string;
  actor?: string;
  action?: string;
  subject?: string;
  /** `2026-11-24` */
  from?: string;
  until?: string;
}
export type FilterName = keyof AuditFilter;

/** The same as the API is asked. */
export interface AuditQuery {
  projectId?: number;
  homeId?: number;
  actor?: string;
  action?: string;
  subject?: string;
  from?: string;
  until?: string;
}

const id = /^[1-9]\d{0,14}$/;
const named = /^[a-zA-Z-]+(:[^\0]{1,150})?$/;
const day = /^\d{4}-\d\d-\d\d$/;
const isDay = (value: string): boolean => {
  const at = new Date(`${value}T00:00:00.000Z`);
  return (
    day.test(value) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value) && value > '1970'
  );
};

const fits: Readonly<Record<FilterName, (value: string) => boolean>> = {
  project: (value) => id.test(value),
  home: (value) => id.test(value),
  actor: (value) => named.test(value),
  action: (value) => /^[^\0]{1,100}$/.test(value),
  subject: (value) => named.test(value),
  from: isDay,
  until: isDay,
};
export const filterNames = Object.keys(fits) as FilterName[];

/** Whether something can be asked for in this place. */
export const fitsFilter = (name: FilterName, value: string): boolean => fits[name](value);

/** Reads a filter from an address or a form; what makes no sense there asks for nothing. */
export function readAuditFilter(given: Readonly<Record<string, unknown>>): AuditFilter {
  return Object.fromEntries(
    filterNames.flatMap((name) => {
      const value = given[name];
      const asked = typeof value === 'string' ? value.trim() : '';
      return fitsFilter(name, asked) ? [[name, asked]] : [];
    }),
  );
}

/** The page with a filter; what is undefined is left out. */
export function auditPath(
  filter: Readonly<Partial<Record<FilterName, string | undefined>>>,
  file = '',
): string {
  const asked = new URLSearchParams(
    filterNames.flatMap((name) => (filter[name] === undefined ? [] : [[name, filter[name]]])),
  ).toString();
  return `/support/audit${file}${asked === '' ? '' : `?${asked}`}`;
}

/** Days become instants of the viewer's calendar; the last one counts to its end. */
export function auditQuery(filter: AuditFilter, zone: string): AuditQuery {
  const { project, home, from, until, ...rest } = filter;
  return {
    ...rest,
    ...(project === undefined ? {} : { projectId: Number(project) }),
    ...(home === undefined ? {} : { homeId: Number(home) }),
    ...(from === undefined ? {} : { from: rangeStart(from, zone).toISOString() }),
    ...(until === undefined ? {} : { until: rangeEnd(until, zone).toISOString() }),
  };
}
