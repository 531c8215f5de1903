'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { StaffHomeView } from '@/server/contracts/views';
import { api } from '../hooks/api';
import type { AnswerOf } from '../hooks/call';
import { useAction } from '../hooks/use-action';
import { useText } from '../messages/provider';
import { useNow } from '../time/clock';
import { remainingText } from '../time/format';
import { Moment } from '../time/moment';
import { Badge, type BadgeTone } from '../ui/badge';
import { Button, buttonClass } from '../ui/button';
import { later } from '../ui/later';
import { Notice } from '../ui/notice';
import { Part, Row } from './part';

const AskLookDialog = later(async () => (await import('./ask-look-dialog')).AskLookDialog);

/** While something may come of a look, which the owner decides. */
const everyMs = 2_000;
const clockMs = 1_000;
/** Earlier looks that are shown. */
const earlierMost = 3;

/** Why one came to the page from a look: it was left or ended, or it could not be used. */
export type LookNotice = 'over' | 'closed';

const tones: Record<StaffHomeView['status'], BadgeTone> = {
  asked: 'notice',
  granted: 'calm',
  refused: 'alarm',
  ended: 'plain',
  expired: 'unknown',
};

const isOpen = ({ status }: StaffHomeView): boolean => status === 'asked' || status === 'granted';

interface LookPartProps {
  homeId: number;
  zone: string | undefined;
  initial: AnswerOf<'staff.listViews'>;
  notice: LookNotice | undefined;
  /** Something was asked for or ended. */
  onChange: () => void;
}

/** Looks through the eyes of the owners: asked for, what they answered, and the way in while one is granted. */
export function LookPart({ homeId, zone, initial, notice, onChange }: LookPartProps) {
  const text = useText();
  const cache = useQueryClient();
  const [isAsking, setIsAsking] = useState(false);
  const key = ['looks-at-home', homeId];
  const { data } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api('staff.listViews', { params: { homeId } }, { signal }),
    initialData: initial,
    refetchInterval: ({ state }) => (state.data?.items.some(isOpen) === true ? everyMs : false),
  });
  const reload = () => {
    void cache.invalidateQueries({ queryKey: key });
    onChange();
  };
  const current = data.items.find((view) => view.isOwn && isOpen(view));
  const earlier = data.items.filter((view) => view !== current);
  const newest = data.items.find(({ isOwn }) => isOwn);
  return (
    <Part id="looks" title={text('console.look.title')}>
      {notice === undefined ? null : (
        <div className="px-4 pt-3">
          <Notice tone="plain">{text(`console.look.notice.${notice}`)}</Notice>
        </div>
      )}
      <p role="status" className="sr-only">
        {newest === undefined ? '' : text(`console.look.said.${newest.status}`)}
      </p>
      {current === undefined ? (
        <div className="flex flex-col items-start gap-3 px-4 py-3">
          <p className="text-sm text-pretty text-ink-soft">{text('console.look.lead')}</p>
          <Button onClick={() => setIsAsking(true)}>{text('console.look.ask')}</Button>
        </div>
      ) : (
        <CurrentLook view={current} onEnded={reload} />
      )}
      {earlier.length === 0 ? null : (
        <ul aria-label={text('console.look.earlier')} className="divide-y divide-line border-t border-line">
          {earlier.slice(0, earlierMost).map((view) => (
            <Row
              key={view.id}
              title={
                <>
                  {view.staffName}
                  <LookState status={view.status} />
                </>
              }
              lines={[view.reason, <Moment key="at" at={view.askedAt} zone={zone} />]}
            />
          ))}
        </ul>
      )}
      {isAsking ? (
        <AskLookDialog homeId={homeId} onClose={() => setIsAsking(false)} onAsked={reload} />
      ) : null}
    </Part>
  );
}

const LookState = ({ status }: { status: StaffHomeView['status'] }) => {
  const text = useText();
  return <Badge tone={tones[status]}>{text(`console.look.state.${status}`)}</Badge>;
};

/** The look that one has or waits for: how long still, the way in, and the way out of it. */
function CurrentLook({ view, onEnded }: { view: StaffHomeView; onEnded: () => void }) {
  const text = useText();
  const now = useNow(clockMs);
  const isGranted = view.status === 'granted';
  const { run, isBusy } = useAction(
    async () => {
      await api('staff.endView', { params: { homeId: view.homeId, viewId: view.id } });
      onEnded();
    },
    { done: text(isGranted ? 'console.look.ended' : 'console.look.takenBack') },
  );
  const time = remainingText(Date.parse(view.expiresAt) - now, text);
  return (
    <div className="flex flex-col gap-3 px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <LookState status={view.status} />
        <span className="text-sm text-ink-soft tabular-nums">
          {text(isGranted ? 'console.look.left' : 'console.look.answerLeft', { time })}
        </span>
      </div>
      <p className="text-sm text-pretty text-ink-soft">
        {text(isGranted ? 'console.look.granted' : 'console.look.asked', { minutes: view.minutes })}{' '}
        <span className="break-words text-ink">{view.reason}</span>
      </p>
      <div className="flex flex-wrap gap-2">
        {isGranted ? (
          <a href={`/support/view/${view.id}`} className={buttonClass('primary')}>
            {text('console.look.enter')}
          </a>
        ) : null}
        <Button disabled={isBusy} onClick={() => void run()}>
          {text(isGranted ? 'console.look.end' : 'console.look.takeBack')}
        </Button>
      </div>
    </div>
  );
}
