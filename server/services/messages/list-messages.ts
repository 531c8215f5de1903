import { desc, eq } from 'drizzle-orm';
import { messages } from '@/drizzle/schema';
import type { Deps } from '../deps';

/** Kept mails and SMS texts, newest first. */
export function listMessages({ db }: Pick<Deps, 'db'>, recipient: string | undefined) {
  return db
    .select()
    .from(messages)
    .where(recipient === undefined ? undefined : eq(messages.recipient, recipient))
    .orderBy(desc(messages.id))
    .limit(100);
}
