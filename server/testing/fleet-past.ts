import { randomUUID } from 'node:crypto';
import {
  deviceConnections,
  messages,
  openings,
  pushMessages,
  pushSubscriptions,
  refusals,
  webhookDeliveries,
} from '@/drizzle/schema';
import { deviceEvents } from '@/drizzle/schema/by-hand/device-events';
import type { Factory, Person } from './factories';

type Opening = typeof openings.$inferInsert;
type Door = { lockId: number; homeId: number | null };

const guest = { principalKind: 'user', principalId: '1', principalName: 'Kim', via: 'page' } as const;

/** Puts what happened to a fleet into the past, as it is stored: tests of figures need times of their own. */
export function fleetPast({ deps: { db } }: Factory) {
  return {
    /** An opening asked for at a time; `tookMs`: until the lock confirmed it. */
    async opening(
      door: Door,
      at: string,
      status: Opening['status'] = 'confirmed',
      more: { tookMs?: number; joined?: string } = {},
    ): Promise<string> {
      const id = randomUUID();
      const createdAt = new Date(at);
      const sentAt = new Date(createdAt.getTime() + 20);
      await db.insert(openings).values({
        id,
        ...door,
        ...guest,
        status,
        createdAt,
        sentAt: status === 'pending' ? null : sentAt,
        outcomeAt: status === 'confirmed' ? new Date(sentAt.getTime() + (more.tookMs ?? 500)) : null,
        expiresAt: new Date(createdAt.getTime() + 30_000),
        withdrawnAt: createdAt,
        joined: more.joined ?? null,
      });
      return id;
    },
    async refusal(door: Door, at: string) {
      await db.insert(refusals).values({ ...door, ...guest, cause: 'no-right', createdAt: new Date(at) });
    },
    async deviceEvents(homeId: number, at: string, count: number) {
      const one = { homeId, eventType: 'reading', body: '{}', createdAt: new Date(at) };
      const position = () => 1_000_000 + Math.floor(Math.random() * 1e9);
      await db
        .insert(deviceEvents)
        .values(Array.from({ length: count }, () => ({ ...one, position: position() })));
    },
    async message(projectId: number, channel: 'mail' | 'sms', at: string, status: 'sent' | 'failed') {
      const text = { recipient: 'kim@example.com', subject: 'S', body: '' };
      await db.insert(messages).values({ projectId, channel, ...text, status, createdAt: new Date(at) });
    },
    async push({ user, sessionId }: Person, at: string, status: 'sent' | 'failed') {
      const id = randomUUID();
      const keys = { endpoint: `https://push.example.com/${id}`, p256dh: 'p', sealedAuth: Buffer.from('a') };
      const createdAt = new Date(at);
      await db.insert(pushSubscriptions).values({ id, userId: user.id, sessionId, ...keys, createdAt });
      await db
        .insert(pushMessages)
        .values({ subscriptionId: id, cause: id, body: {}, status, usefulUntil: createdAt, createdAt });
    },
    async webhook(projectId: number, at: string, status: 'delivered' | 'failed') {
      const createdAt = new Date(at);
      const what = { moduleId: 'hooks', kind: 'event', url: 'https://example.com/', body: '{}' } as const;
      await db
        .insert(webhookDeliveries)
        .values({ projectId, ...what, status, nextAttemptAt: createdAt, createdAt, finishedAt: createdAt });
    },
    /** An open command channel of a device, leased for so long. */
    async channel(deviceId: number, leasedForMs: number) {
      const openedAt = new Date();
      await db.insert(deviceConnections).values({
        id: randomUUID(),
        deviceId,
        node: 'test',
        openedAt,
        leasedUntil: new Date(openedAt.getTime() + leasedForMs),
      });
    },
  };
}
