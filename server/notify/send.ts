import { messages } from '@/drizzle/schema';
import type { Executor } from '../db/client';

export interface Message {
  projectId: number;
  channel: 'mail' | 'sms';
  recipient: string;
  subject: string;
  body: string;
}

/**
 * Hands a message over in the caller's transaction. Without a transport it is kept and read by
 * `admin messages list`.
 */
export async function send(executor: Executor, message: Message): Promise<void> {
  await executor.insert(messages).values(message);
}
