import { Mail, MailOpen, MessageSquareText } from 'lucide-react';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getRuntime } from '@/app/runtime';
import { requestMessages } from '@/components/messages/request';
import { Moment } from '@/components/time/moment';
import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { readConfig } from '@/server/config';
import { listMessages } from '@/server/services/messages/list-messages';
import { MessageBody } from './message-body';

const shownMost = 50;

interface MessagesPageProps {
  searchParams: Promise<{ to?: string | string[] }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const { text } = await requestMessages();
  return { title: text('devMessages.title'), referrer: 'no-referrer' };
}

/**
 * Mails and SMS texts that nobody carries, so that a demo can be tried to the end. They hold links that open accounts:
 * the page is there only while the demo is on and no transport is set.
 */
export default async function MessagesPage({ searchParams }: MessagesPageProps) {
  const [{ text }, { to }] = await Promise.all([requestMessages(), searchParams]);
  const { LATCHKEY_DEMO: isDemo, SMTP_URL: smtpUrl, TWILIO_ACCOUNT_SID: twilioSid } = readConfig();
  if (!isDemo || smtpUrl !== undefined || twilioSid !== undefined) notFound();
  const recipient = typeof to === 'string' && !to.includes('\u0000') ? to : undefined;
  const messages = (await listMessages(await getRuntime(), recipient, shownMost)).filter(
    ({ status }) => status === 'kept',
  );
  return (
    <main id="content" className="mx-auto flex max-w-3xl flex-col gap-6 px-4 py-8 sm:px-6">
      <div>
        <h1 className="text-3xl font-semibold">{text('devMessages.title')}</h1>
        <p className="text-ink-soft">{text('devMessages.lead')}</p>
      </div>
      {messages.length === 0 ? (
        <EmptyState
          icon={MailOpen}
          title={text('devMessages.none.title')}
          text={text('devMessages.none.text')}
        />
      ) : (
        <ul className="flex flex-col gap-4">
          {messages.map(({ id, channel, recipient: address, subject, body, createdAt }) => (
            <li key={id}>
              <Card className="flex flex-col gap-3 p-4 sm:p-5">
                <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-ink-soft">
                  <Badge tone="plain" icon={channel === 'mail' ? Mail : MessageSquareText}>
                    {text(channel === 'mail' ? 'devMessages.mail' : 'devMessages.sms')}
                  </Badge>
                  <span className="min-w-0 break-all">{text('devMessages.to', { address })}</span>
                  <Moment at={createdAt.toISOString()} zone={undefined} />
                </div>
                {subject === '' ? null : <h2 className="text-lg font-semibold break-words">{subject}</h2>}
                <MessageBody body={body} />
              </Card>
            </li>
          ))}
        </ul>
      )}
    </main>
  );
}
