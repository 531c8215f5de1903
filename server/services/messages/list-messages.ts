import { desc, eq } from 'drizzle-orm';
import { messages } from '@/drizzle/schema';
import type { Deps } from '../deps';

/**
 * Mails and SMS texts, newest first. Only those that are kept show their text; one that a transport carries holds
 * somebody's code or link and is not shown to anybody else.
 */
export function listMessages({ db }: Pick<Deps, 'db'>, recipient: string | undefined, most = 100) {
  return db
    .select({
      id: messages.id,
      projectId: messages.projectId,
      channel: messages.channel,
      recipient: messages.recipient,
      subject: messages.subject,
      body: messages.body,
      status: messages.status,
      attempts: messages.attempts,
      lastError: messages.lastError,
      createdAt: messages.createdAt,
      finishedAt: messages.finishedAt,
    })
    .from(messages)
    .where(recipient === undefined ? undefined : eq(messages.recipient, recipient))
    .orderBy(desc(messages.id))
    .limit(most);
}
