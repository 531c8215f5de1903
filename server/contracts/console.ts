import { z } from 'zod';
import { lineKinds, searchKinds, searchStates } from './console-words';
import { device } from './devices';
import { hubView } from './hubs';
import { doorReport, openingView } from './locks';
import { membership } from './members';
import { operation } from './operation';
import { id, idText, text, timestamp } from './values';

const searchKind = z.enum(searchKinds);
export type SearchKind = z.infer<typeof searchKind>;

const searchState = z.enum(searchStates);

/** Something that a search found; `match`: named by itself, containing what was typed, or nearly so. */
export const searchHit = z.object({
  kind: searchKind,
  id: z.string(),
  projectId: id,
  /** Where it is to be found, if it stands in a home. */
  homeId: id.optional(),
  title: z.string(),
  detail: z.string(),
  state: searchState,
  match: z.enum(['exact', 'contains', 'similar']),
});
export type SearchHit = z.infer<typeof searchHit>;

export const searchEverything = operation({
  summary: 'Find people, homes, devices, locks, hubs and keys of the projects that a staff account works for',
  method: 'GET',
  path: '/staff/search',
  dialect: 'cloud',
  query: z.object({
    /** Name, address, number, id, serial, tag; three letters or digits at least, unless it is an id. */
    q: z.string().max(200),
    kind: searchKind.optional(),
    project: idText.optional(),
    state: searchState.optional(),
  }),
  output: z.object({
    items: z.array(searchHit),
    /** Kinds that hold more than is shown. */
    more: z.array(searchKind),
    /** What is nearly so took too long to look for, and is left out. */
    withoutSimilar: z.literal(true).optional(),
  }),
  status: 200,
  refusals: [403],
});

const viewName = text(60);
/** What a search was asked, as it stands in the address of its page. */
const viewQuery = z.object({
  q: z.string().max(200).optional(),
  kind: searchKind.optional(),
  project: z
    .string()
    .regex(/^\d{1,15}$/)
    .optional(),
  state: searchState.optional(),
});
export const savedView = z.object({ id, name: z.string(), query: viewQuery });
export type SavedView = z.infer<typeof savedView>;

export const listViews = operation({
  summary: 'Searches that the staff account keeps',
  method: 'GET',
  path: '/staff/views',
  dialect: 'cloud',
  output: z.object({ items: z.array(savedView) }),
  status: 200,
  refusals: [403],
});

export const saveView = operation({
  summary: 'Keep a search under a name; one of that name is replaced',
  method: 'PUT',
  path: '/staff/views',
  dialect: 'cloud',
  body: z.object({ name: viewName, query: viewQuery }),
  output: savedView,
  status: 200,
  refusals: [400, 403],
});

export const removeView = operation({
  summary: 'Forget a kept search',
  method: 'DELETE',
  path: '/staff/views/{viewId}',
  dialect: 'cloud',
  params: z.object({ viewId: idText }),
  status: 204,
  refusals: [403, 404],
});

const homePath = z.object({ homeId: idText });
const figures = z.object({ count: z.number().int(), p50Ms: z.number(), p95Ms: z.number() });

/** A lock as staff see it; they open none. */
const supportedLock = doorReport.extend({
  uuid: z.string(),
  name: z.string(),
  serialNumber: z.string().optional(),
  hubId: z.string().optional(),
  /** Newest first. */
  openings: z.array(openingView),
  /** From asked to confirmed, over thirty days; absent: nothing was confirmed. */
  latency: figures.optional(),
});

export const supportedHome = z.object({
  id,
  name: z.string(),
  projectId: id,
  projectName: z.string(),
  accountType: z.enum(['email', 'phone', 'byou']),
  timezone: z.string().optional(),
  deactivated: z.boolean(),
  createdAt: timestamp,
  members: z.array(membership.omit({ grants: true })),
  devices: z.array(device),
  hubs: z.array(hubView),
  locks: z.array(supportedLock),
});
export type SupportedHome = z.infer<typeof supportedHome>;

export const showSupportedHome = operation({
  summary: 'A home with all that stands in it, for staff; that it was looked at is recorded',
  method: 'GET',
  path: '/staff/homes/{homeId}',
  dialect: 'cloud',
  params: homePath,
  output: supportedHome,
  status: 200,
  refusals: [403, 404],
});

const lineKind = z.enum(lineKinds);
export type LineKind = z.infer<typeof lineKind>;

const named = z.object({ kind: z.string(), id: z.string(), name: z.string() });

/** One line of what happened to a home, whatever the source. */
export const timelineLine = z.object({
  /** Stable: the same line has it for ever. */
  id: z.string(),
  cursor: z.string(),
  at: timestamp,
  kind: lineKind,
  /** What happened, in the words of its source: an event's type, `changed`, `opened`, `home.look`. */
  action: z.string(),
  /** What came of it, where something may: `confirmed`, `sent`, `failed`. */
  state: z.string().optional(),
  subject: named.optional(),
  who: named.optional(),
  /** Why, in the words of whoever did it. */
  reason: z.string().optional(),
  /** More, as pairs: times, addresses, errors. Never the text of a message. */
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});
export type TimelineLine = z.infer<typeof timelineLine>;

export const readTimeline = operation({
  summary: 'What happened to a home from all sources, newest first',
  method: 'GET',
  path: '/staff/homes/{homeId}/timeline',
  dialect: 'cloud',
  params: homePath,
  query: z.object({
    /** Cursor: what is older. */
    before: z.string().max(300).optional(),
    /** Cursor: what is newer. */
    after: z.string().max(300).optional(),
    /** An instant: the lines around it. */
    at: z.iso.datetime({ offset: true }).optional(),
    /** Kinds with commas between; absent: all. */
    kinds: z.string().max(200).optional(),
  }),
  output: z.object({
    items: z.array(timelineLine),
    /** There is more that is older, and more that is newer. */
    hasOlder: z.boolean(),
    hasNewer: z.boolean(),
  }),
  status: 200,
  refusals: [403, 404],
});

export const supportedUser = z.object({
  id,
  projectId: id,
  projectName: z.string(),
  name: z.string().optional(),
  email: z.string().optional(),
  phoneNumber: z.string().optional(),
  verified: z.boolean(),
  registered: z.boolean(),
  createdAt: timestamp,
  sessions: z.array(
    z.object({
      id: z.string(),
      appId: z.string(),
      createdAt: timestamp,
      lastSeenAt: timestamp,
      userAgent: z.string().optional(),
      address: z.string().optional(),
    }),
  ),
  passkeys: z.number().int(),
  homes: z.array(z.object({ id, name: z.string(), role: z.enum(['owner', 'member', 'guest']) })),
  /** Sign-ins that wait because of wrong passwords or codes. */
  isHeldBack: z.boolean(),
});
export type SupportedUser = z.infer<typeof supportedUser>;

const userPath = z.object({ userId: idText });

export const showSupportedUser = operation({
  summary: 'An account with its sessions and homes, for staff',
  method: 'GET',
  path: '/staff/users/{userId}',
  dialect: 'cloud',
  params: userPath,
  output: supportedUser,
  status: 200,
  refusals: [403, 404],
});
