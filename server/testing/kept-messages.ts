import { desc, eq } from 'drizzle-orm';
import { messages } from '@/drizzle/schema';
import type { Factory } from './factories';

/** Messages kept for an address, newest first. */
export const messagesTo = (factory: Factory, recipient: string) =>
  factory.deps.db.select().from(messages).where(eq(messages.recipient, recipient)).orderBy(desc(messages.id));

/** What the newest message to an address carries: the token of its link, or its code. */
async function newest(factory: Factory, recipient: string, pattern: RegExp): Promise<string> {
  const [message] = await messagesTo(factory, recipient);
  const found = pattern.exec(message?.body ?? '')?.[1];
  if (found === undefined) throw new Error(`no message to ${recipient} carries ${pattern}`);
  return found;
}

export const tokenTo = (factory: Factory, recipient: string): Promise<string> =>
  newest(factory, recipient, /\?token=([A-Za-z0-9]{40})\s/);

export const codeTo = (factory: Factory, recipient: string): Promise<string> =>
  newest(factory, recipient, /\b(\d{6})\b/);
