import { z } from 'zod';
import { operation } from './operation';
import { absentableId, id, idText } from './values';

/** What of a door people can be told. */
export const doorTopics = ['opened', 'refused', 'jammed', 'forced', 'unreachable', 'battery'] as const;
/** What of a home as a whole people can be told. */
export const homeTopics = ['member', 'support'] as const;
export const topics = [...doorTopics, ...homeTopics] as const;
export type Topic = (typeof topics)[number];

export const channels = ['push', 'mail'] as const;
export type Channel = (typeof channels)[number];

const topic = z.enum(topics);
const channel = z.enum(channels);
/** Topics that can be chosen here, each with how the person is told of it now. */
const chosen = z.array(z.object({ topic, channels: z.array(channel), isDefault: z.boolean() }));

export const notificationSettings = z.object({
  homes: z.array(
    z.object({
      homeId: id,
      name: z.string(),
      topics: chosen,
      doors: z.array(z.object({ lockId: id, name: z.string(), topics: chosen })),
    }),
  ),
  /** Public key that a browser makes its subscription with (RFC 8292), base64url. */
  pushKey: z.string(),
  /** Address that mails go to; absent: none is known. */
  mail: z.string().optional(),
  /** This session has a browser that takes pushes. */
  isSubscribed: z.boolean(),
});
export type NotificationSettings = z.infer<typeof notificationSettings>;

export const getNotifications = operation({
  summary: 'What the caller is told of homes and doors, and how',
  method: 'GET',
  path: '/userSession/notifications',
  dialect: 'cloud',
  output: notificationSettings,
  status: 200,
  refusals: [403],
});

export const chooseNotifications = operation({
  summary: 'Choose how to be told of one topic, at a door or in a home as a whole',
  method: 'PUT',
  path: '/userSession/notifications',
  dialect: 'cloud',
  body: z.object({
    homeId: idText,
    /** Absent: the home as a whole. */
    lockId: absentableId,
    topic,
    /** None: not at all. */
    channels: z.array(channel).max(channels.length),
  }),
  status: 204,
  refusals: [403],
});

/** base64url of exactly so many bytes. */
const bytes = (count: number) =>
  z
    .string()
    .max(200)
    .refine((text) => Buffer.from(text, 'base64url').length === count, `must be ${count} bytes in base64url`);

export const subscribeToPush = operation({
  summary: 'Push notifications to this browser, as long as the session lasts',
  method: 'PUT',
  path: '/userSession/push',
  dialect: 'cloud',
  body: z.object({
    endpoint: z.url({ protocol: /^https$/ }).max(2_000),
    keys: z.object({ p256dh: bytes(65), auth: bytes(16) }),
  }),
  status: 204,
  refusals: [403],
});

export const unsubscribeFromPush = operation({
  summary: 'No more pushes to the browsers of this session',
  method: 'DELETE',
  path: '/userSession/push',
  dialect: 'cloud',
  status: 204,
  refusals: [403],
});
