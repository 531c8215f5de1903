import { ArrowLeft, Bell } from 'lucide-react';
import type { Metadata } from 'next';
import { getRuntime } from '@/app/runtime';
import { requireUser } from '@/app/signed-in';
import { AreaTexts } from '@/components/messages/area-texts';
import { requestMessages } from '@/components/messages/request';
import { ThisBrowser } from '@/components/notify/this-browser';
import { TopicChoices } from '@/components/notify/topic-choices';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Link } from '@/components/ui/link';
import { getNotifications } from '@/server/services/notifications/get-notifications';

export async function generateMetadata(): Promise<Metadata> {
  const { text } = await requestMessages();
  return { title: text('notify.title') };
}

/** What the visitor is told of doors and homes, and how. */
export default async function NotificationsPage() {
  const { principal } = await requireUser('/dashboard/notifications');
  const [{ text }, settings] = await Promise.all([
    requestMessages(),
    getNotifications(await getRuntime(), { principal }),
  ]);
  const { homes, mail, pushKey, isSubscribed } = settings;
  const shown = homes.filter(({ doors, topics }) => doors.length + topics.length > 0);
  const hasMail = mail !== undefined;
  return (
    <AreaTexts of={['notify']}>
      <div className="mx-auto flex max-w-3xl flex-col gap-6">
        <div>
          <Link
            href="/dashboard"
            className="-my-1.5 inline-flex min-h-11 items-center gap-1.5 rounded-lg pr-2 text-[0.9375rem] text-ink-soft hover:text-ink"
          >
            <ArrowLeft aria-hidden className="size-4.5" />
            {text('notify.back')}
          </Link>
          <h1 className="text-3xl font-semibold">{text('notify.title')}</h1>
          <p className="text-ink-soft">
            {text('notify.lead')}{' '}
            {hasMail ? text('notify.mail.to', { address: mail }) : text('notify.mail.none')}
          </p>
        </div>
        <Card>
          <ThisBrowser pushKey={pushKey} isSubscribed={isSubscribed} />
        </Card>
        {shown.length === 0 ? (
          <EmptyState icon={Bell} title={text('notify.none.title')} text={text('notify.none.text')} />
        ) : null}
        {shown.map(({ homeId, name, topics, doors }) => (
          <section key={homeId} aria-labelledby={`home-${homeId}`} className="flex flex-col gap-4">
            <h2 id={`home-${homeId}`} className="text-xl font-semibold break-words">
              {name}
            </h2>
            {doors.map((door) => (
              <Card key={door.lockId} id={`door-${door.lockId}`} className="scroll-mt-4 target:border-accent">
                <h3 className="border-b border-line px-4 py-3 font-semibold break-words sm:px-6">
                  {door.name}
                </h3>
                <TopicChoices homeId={homeId} lockId={door.lockId} topics={door.topics} hasMail={hasMail} />
              </Card>
            ))}
            {topics.length === 0 ? null : (
              <Card>
                <h3 className="border-b border-line px-4 py-3 font-semibold sm:px-6">
                  {text('notify.home.whole')}
                </h3>
                <TopicChoices homeId={homeId} topics={topics} hasMail={hasMail} />
              </Card>
            )}
          </section>
        ))}
      </div>
    </AreaTexts>
  );
}
