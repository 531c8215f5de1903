'use client';

import { Users } from 'lucide-react';
import type { ReactNode } from 'react';
import { SignInNotice } from '@/components/account/sign-in-form';
import { ActivityFrame, ActivitySkeleton } from '@/components/lock/activity-frame';
import { NoActivity, OpeningList } from '@/components/lock/activity-list';
import { DoorStage } from '@/components/lock/door-stage';
import { DoorGroups, NoDoors } from '@/components/lock/doors-overview';
import { HoldButton } from '@/components/lock/hold-button';
import { NotAllowed } from '@/components/lock/not-allowed';
import { OpeningSteps } from '@/components/lock/opening-steps';
import { useText } from '@/components/messages/provider';
import { ConnectionBar } from '@/components/shell/connection-notice';
import { FailedPage } from '@/components/shell/failed-page';
import { ClockProvider } from '@/components/time/clock';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Field } from '@/components/ui/field';
import { activity, doors, galleryNow, guestDoor, progresses, tapDoor, viewerId } from './fixtures';

const nothing = () => {};
const begun = () => 'begun' as const;

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-4">
      <h2 className="border-b border-line pb-2 text-xl font-semibold">{title}</h2>
      {children}
    </section>
  );
}

function Sample({ name, children }: { name: string; children: ReactNode }) {
  return (
    <figure className="flex min-w-0 flex-col gap-2">
      <figcaption className="text-sm text-ink-soft">{name}</figcaption>
      {children}
    </figure>
  );
}

const grid = 'grid grid-cols-1 gap-6 md:grid-cols-2 xl:grid-cols-3';

/** Every state of doors and openings at once, with a clock that stands still. */
export function Gallery() {
  const text = useText();
  const [first] = doors;
  if (first === undefined) return null;
  return (
    <ClockProvider now={galleryNow} frozen>
      <Section title={text('gallery.doors')}>
        <DoorGroups doors={doors} />
        <div className={grid}>
          {doors.map((door) => (
            <Card key={door.lockId} className="overflow-hidden">
              <DoorStage door={door} now={galleryNow} />
            </Card>
          ))}
        </div>
      </Section>
      <Section title={text('gallery.buttons')}>
        <div className={grid}>
          {[
            { name: 'hold', door: first, isBusy: false, isRetry: false },
            { name: 'tap', door: tapDoor, isBusy: false, isRetry: false },
            { name: 'busy', door: first, isBusy: true, isRetry: false },
            { name: 'retry', door: first, isBusy: false, isRetry: true },
          ].map(({ name, ...button }) => (
            <Sample key={name} name={name}>
              <Card className="p-6">
                <HoldButton {...button} onOpen={begun} onAdopt={nothing} />
              </Card>
            </Sample>
          ))}
          <Sample name="not allowed">
            <Card>
              <NotAllowed door={guestDoor} />
            </Card>
          </Sample>
        </div>
      </Section>
      <Section title={text('gallery.openings')}>
        <div className={grid}>
          {progresses.map(({ name, progress, joinedTo }) => (
            <Sample key={name} name={name}>
              <OpeningSteps progress={progress} joinedTo={joinedTo} signInHref="/sign-in" />
            </Sample>
          ))}
        </div>
      </Section>
      <Section title={text('gallery.activity')}>
        <Card className="overflow-hidden">
          <OpeningList items={activity} zone="Europe/Oslo" userId={viewerId} />
        </Card>
      </Section>
      <Section title={text('gallery.around')}>
        <div className={grid}>
          <Card>
            <NoDoors />
          </Card>
          <Card>
            <NoActivity />
          </Card>
          <Card>
            <EmptyState
              icon={Users}
              level={3}
              title={text('activity.hidden.title')}
              text={text('activity.hidden.text')}
            />
          </Card>
          <Card>
            <FailedPage what="failure.page" error={{ digest: '1830297461' }} retry={nothing} />
          </Card>
          <Card>
            <FailedPage what="failure.door" error={{ digest: '1830297461' }} retry={nothing} />
          </Card>
          <Card>
            <FailedPage what="doors.failed" error={undefined} retry={nothing} />
          </Card>
        </div>
        <ConnectionBar reason="lost" />
        <ConnectionBar reason="offline" />
        <ActivityFrame text={text}>
          <ActivitySkeleton label={text('activity.loading')} />
        </ActivityFrame>
      </Section>
      <Section title={text('gallery.parts')}>
        <div className="flex flex-wrap gap-3">
          <Button kind="primary">{text('signIn.submit')}</Button>
          <Button>{text('failure.retry')}</Button>
          <Button kind="quiet">{text('nav.signOut')}</Button>
          <Button kind="primary" disabled>
            {text('signIn.submitting')}
          </Button>
        </div>
        <div className={grid}>
          <Field label={text('signIn.email')} defaultValue="ada@example.com" />
          <Field label={text('signIn.password')} error={text('signIn.missingPassword')} />
        </div>
        <div className={grid}>
          <SignInNotice failure="wrong" />
          <SignInNotice failure="limited" />
          <SignInNotice failure="unavailable" />
        </div>
      </Section>
    </ClockProvider>
  );
}
