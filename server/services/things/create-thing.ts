import { things } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import { hashToken, randomKey } from '../secrets';

/** Makes an MQTT identity; the password is shown this once. */
export async function createThing(
  executor: Executor,
  thing: { name: string; kind: 'lock' | 'hub' | 'device'; projectId: number | null },
): Promise<{ username: string; password: string }> {
  const password = randomKey();
  await executor.insert(things).values({ ...thing, passwordHash: hashToken(password) });
  return { username: thing.name, password };
}
