import { z } from 'zod';
import { doorReport, openingView } from './locks';

/** What the server sends into a home's room; `cursor` names the position to resume from. */
export const liveMessage = z.discriminatedUnion('topic', [
  z.object({
    topic: z.literal('door'),
    homeId: z.number(),
    cursor: z.string(),
    position: z.number(),
    payload: doorReport,
  }),
  z.object({
    topic: z.literal('opening'),
    homeId: z.number(),
    cursor: z.string(),
    position: z.number(),
    payload: openingView,
  }),
  z.object({
    topic: z.enum(['event', 'presence', 'kv', 'member', 'home', 'access', 'hub', 'commissioning', 'view']),
    homeId: z.number(),
    cursor: z.string(),
    position: z.number(),
    payload: z.unknown(),
  }),
]);
export type LiveMessage = z.infer<typeof liveMessage>;
export type LiveTopic = LiveMessage['topic'];

/** Client → server: `subscribe {homeId, after?}`. */
export const subscribeRequest = z.object({
  homeId: z.union([z.number(), z.string().regex(/^\d{1,15}$/)]).transform(Number),
  after: z.string().max(200).optional(),
});
export type SubscribeRequest = z.input<typeof subscribeRequest>;

/** Acknowledgement of a subscribe. */
export type SubscribeAnswer =
  | { ok: true; cursor: string }
  /** `resync`: what was missed is too much to replay, load the home anew. */
  | { ok: false; reason: 'forbidden' | 'invalid' | 'resync' | 'unavailable' };

export interface ServerToClientEvents {
  event: (message: LiveMessage) => void;
  door: (message: LiveMessage) => void;
  opening: (message: LiveMessage) => void;
  presence: (message: LiveMessage) => void;
  kv: (message: LiveMessage) => void;
  member: (message: LiveMessage) => void;
  home: (message: LiveMessage) => void;
  /** Grants and guest links of a home have changed. */
  access: (message: LiveMessage) => void;
  hub: (message: LiveMessage) => void;
  commissioning: (message: LiveMessage) => void;
  /** Staff ask for a look, have one, or have it no longer. */
  view: (message: LiveMessage) => void;
  /** The right to a home (or the whole session, without a home id) was taken away. */
  revoked: (what: { homeId?: number }) => void;
  resync: (what: { homeId: number }) => void;
}

export interface ClientToServerEvents {
  subscribe: (request: SubscribeRequest, answer: (answer: SubscribeAnswer) => void) => void;
  unsubscribe: (request: { homeId: number }) => void;
}
