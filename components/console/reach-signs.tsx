'use client';

import type { ReachTest } from '@/server/contracts/console-actions';
import { useText } from '../messages/provider';
import { Moment } from '../time/moment';
import { Notice, type NoticeTone } from '../ui/notice';

const tones: Record<ReachTest['verdict'], NoticeTone> = { there: 'plain', away: 'alarm', unknown: 'unknown' };

/** What a test of reachability found, and how each part of it is known. */
export function ReachSigns({ test, zone }: { test: ReachTest; zone: string | undefined }) {
  const text = useText();
  return (
    <div className="flex flex-col gap-4">
      <Notice tone={tones[test.verdict]} role="status">
        {text(`console.reach.${test.verdict}`)}
      </Notice>
      <dl className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-2 text-[0.9375rem]">
        {test.signs.map(({ how, says, at, count }) => (
          <div key={how} className="contents">
            <dt>
              {text(`console.reach.${how}`)}
              {count === undefined ? null : ` (${count})`}
            </dt>
            <dd className="text-right text-ink-soft">
              {text(`console.reach.says.${says}`)},{' '}
              {at === undefined ? text('console.reach.never') : <Moment at={at} zone={zone} />}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
