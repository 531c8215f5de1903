import { things } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import { hashToken, randomKey } from '../secrets';

export type ThingKind = (typeof things.$inferSelect)['kind'];

/** Makes an MQTT identity; the password is shown this once. */
export async function createThing(
  executor: Executor,
  thing: { name: string; kind: ThingKind; projectId: number | null },
): Promise<{ username: string; password: string }> {
  const password = randomKey();
  await executor.insert(things).values({ ...thing, passwordHash: hashToken(password) });
  return { username: thing.name, password };
}

/** Makes an MQTT identity that cannot sign in: its credentials come later, or a hub speaks for it. */
export async function createIdleThing(
  executor: Executor,
  thing: { name: string; kind: ThingKind; projectId: number | null },
): Promise<void> {
  await executor.insert(things).values({ ...thing, passwordHash: null });
}
