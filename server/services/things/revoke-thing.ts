import { eq } from 'drizzle-orm';
import { things } from '@/drizzle/schema';
import type { Executor } from '../../db/client';

/** Takes an MQTT identity away; the broker ends its session within a second. */
export async function revokeThing(executor: Executor, name: string, at: Date): Promise<void> {
  await executor.update(things).set({ revokedAt: at }).where(eq(things.name, name));
}
