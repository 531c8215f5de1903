'use client';

import { useRouter } from 'next/navigation';
import { lineKinds } from '@/server/contracts/console-words';
import type { AnswerOf } from '../hooks/call';
import { useText } from '../messages/provider';
import { useMomentText } from '../time/moment';
import { Badge } from '../ui/badge';
import { Button } from '../ui/button';
import { Link } from '../ui/link';
import { Notice } from '../ui/notice';
import { Select } from '../ui/select';
import { TimelineRow } from './timeline-line';
import { useTimeline } from './use-timeline';

interface TimelineProps {
  homeId: number;
  zone: string | undefined;
  names: ReadonlyMap<string, string>;
  kinds: string | undefined;
  /** The moment that the page was asked for. */
  at: string | undefined;
  initial: AnswerOf<'staff.timeline'>;
  onReplay: (deliveryId: string) => void;
}

/** Everything that happened to a home as one list, newest first; it follows along unless a moment was asked for. */
export function Timeline({ homeId, zone, names, kinds, at, initial, onReplay }: TimelineProps) {
  const text = useText();
  const router = useRouter();
  const momentOf = useMomentText(zone);
  const timeline = useTimeline(homeId, kinds, initial);
  const addressOf = (more: Record<string, string | undefined>) => {
    const query = new URLSearchParams(
      Object.entries({ kinds, ...more }).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value]],
      ),
    ).toString();
    return `/support/homes/${homeId}${query === '' ? '' : `?${query}`}`;
  };
  return (
    <section
      aria-labelledby="timeline"
      className="overflow-hidden rounded-2xl border border-line bg-surface shadow-card"
    >
      <div className="flex flex-wrap items-end justify-between gap-x-4 gap-y-2 border-b border-line px-4 py-3">
        <div className="min-w-0">
          <h2 id="timeline" className="text-lg font-semibold">
            {text('console.line.title')}
          </h2>
          {at === undefined ? (
            <Badge tone="calm">{text('console.line.live')}</Badge>
          ) : (
            <p className="flex flex-wrap items-center gap-x-3 text-sm text-ink-soft">
              {text('console.line.around', { moment: momentOf(at) })}
              <Link
                href={addressOf({ at: undefined })}
                className="inline-flex min-h-11 items-center underline"
              >
                {text('console.line.now')}
              </Link>
            </p>
          )}
        </div>
        <Select
          label={text('console.line.filter')}
          className="w-56 max-w-full"
          value={kinds ?? ''}
          onChange={({ target }) =>
            router.replace(addressOf({ at, kinds: target.value === '' ? undefined : target.value }), {
              scroll: false,
            })
          }
        >
          <option value="">{text('console.line.all')}</option>
          {lineKinds.map((kind) => (
            <option key={kind} value={kind}>
              {text(`console.line.kind.${kind}`)}
            </option>
          ))}
        </Select>
      </div>
      {timeline.isFailing ? (
        <Notice tone="notice" role="alert">
          {text('console.line.failed')}
        </Notice>
      ) : null}
      {timeline.hasNewer ? (
        <div className="flex justify-center border-b border-line py-2">
          <Button kind="quiet" disabled={timeline.isLoading} onClick={() => void timeline.load('newer')}>
            {text('console.line.newer')}
          </Button>
        </div>
      ) : null}
      {timeline.lines.length === 0 ? (
        <p className="px-4 py-8 text-center text-ink-soft">{text('console.line.empty')}</p>
      ) : (
        <ol aria-label={text('console.line.list')} className="divide-y divide-line">
          {timeline.lines.map((line) => (
            <TimelineRow
              key={line.id}
              line={line}
              zone={zone}
              names={names}
              href={addressOf({ at: line.at })}
              isPointedAt={line.at === at}
              onReplay={onReplay}
            />
          ))}
        </ol>
      )}
      {timeline.hasOlder ? (
        <div className="flex justify-center border-t border-line py-2">
          <Button kind="quiet" disabled={timeline.isLoading} onClick={() => void timeline.load('older')}>
            {text('console.line.older')}
          </Button>
        </div>
      ) : null}
    </section>
  );
}
