'use client';

import { ChevronDown, Headset, ShieldX } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ActivityEntry } from '@/server/contracts/activity';
import { OpeningOutcome, OpeningTimes, whoKind } from '../lock/opening-outcome';
import { useText } from '../messages/provider';
import { durationText } from '../time/format';
import { Moment } from '../time/moment';
import { Badge } from '../ui/badge';
import { deedText } from './deeds';

interface LineProps {
  entry: ActivityEntry;
  zone: string | undefined;
  userId: number;
  now: number;
  /** The door is named on each line. */
  showsDoor: boolean;
}

function Outcome({ entry, now }: Pick<LineProps, 'entry' | 'now'>) {
  const text = useText();
  if (entry.kind === 'refusal')
    return (
      <Badge tone="alarm" icon={ShieldX}>
        {text('activity.refused')}
      </Badge>
    );
  if (entry.kind === 'staff')
    return (
      <Badge tone="notice" icon={Headset}>
        {text('activity.staff')}
      </Badge>
    );
  return <OpeningOutcome opening={entry} now={now} />;
}

/** Asked → accepted → confirmed, each after the first; of a refusal, why; of staff, what they did. */
function Course({ entry }: Pick<LineProps, 'entry'>) {
  const text = useText();
  if (entry.kind === 'refusal') return <span>{text(`activity.cause.${entry.cause}`)}</span>;
  if (entry.kind === 'staff') return <span>{text(deedText(entry.action))}</span>;
  return <OpeningTimes opening={entry} />;
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-sm text-ink-soft">{name}</dt>
      <dd className="break-words">{children}</dd>
    </div>
  );
}

function Facts({ entry, zone }: Pick<LineProps, 'entry' | 'zone'>) {
  const text = useText();
  const times =
    entry.kind !== 'opening'
      ? []
      : ([
          ['sent', entry.sentAt],
          ['accepted', entry.acceptedAt],
          ['ended', entry.outcomeAt],
        ] as const);
  const requestId = entry.kind === 'staff' ? undefined : entry.requestId;
  return (
    <dl className="grid gap-x-6 gap-y-3 border-t border-line bg-sunken/50 px-4 py-4 text-[0.9375rem] sm:grid-cols-3 sm:px-6">
      <Fact name={text(entry.kind === 'staff' ? 'activity.more.done' : 'activity.more.asked')}>
        <Moment at={entry.createdAt} zone={zone} />
      </Fact>
      {times.map(([name, at]) =>
        at === undefined ? null : (
          <Fact key={name} name={text(`activity.more.${name}`)}>
            <Moment at={at} zone={zone} />
            <span className="text-ink-soft">
              {`, +${durationText(Date.parse(at) - Date.parse(entry.createdAt), text)}`}
            </span>
          </Fact>
        ),
      )}
      {entry.kind === 'staff' || entry.address === undefined ? null : (
        <Fact name={text('activity.more.address')}>
          <span className="font-mono text-sm">{entry.address}</span>
        </Fact>
      )}
      {entry.kind === 'opening' && entry.error !== undefined ? (
        <Fact name={text('activity.more.error')}>
          <span className="font-mono text-sm">{entry.error}</span>
        </Fact>
      ) : null}
      {entry.kind !== 'refusal' && entry.reason !== undefined ? (
        <Fact name={text('activity.more.reason')}>{entry.reason}</Fact>
      ) : null}
      <Fact name={text(requestId === undefined ? 'activity.more.lineId' : 'activity.more.requestId')}>
        <span className="font-mono text-sm break-all">{requestId ?? entry.id}</span>
      </Fact>
    </dl>
  );
}

/** One line of the log: who, as whom, how, when and what came of it; opened, everything that is known. */
export function ActivityLine({ entry, zone, userId, now, showsDoor }: LineProps) {
  const text = useText();
  const { who } = entry;
  const kind = whoKind(who.kind);
  const name = who.name === '' ? text('activity.somebody') : who.name;
  const isViewer = who.kind === 'user' && who.id === String(userId);
  const isJoined = entry.kind === 'opening' && entry.joined !== undefined;
  return (
    <li>
      <details className="group">
        <summary className="grid min-h-16 cursor-pointer list-none grid-cols-[minmax(0,1fr)_auto_1.25rem] items-start gap-x-3 gap-y-1 px-4 py-3.5 -outline-offset-3 hover:bg-sunken/50 sm:grid-cols-[minmax(0,5fr)_minmax(0,4fr)_minmax(9rem,auto)_1.25rem] sm:gap-x-4 sm:px-6 [&::-webkit-details-marker]:hidden">
          <span className="min-w-0 max-sm:contents">
            <span className="block min-w-0 truncate font-medium">
              {isViewer ? text('activity.you', { name }) : name}
            </span>
            <span className="block text-sm text-ink-soft max-sm:col-span-3 max-sm:row-start-2">
              {showsDoor && entry.lockName !== undefined ? `${entry.lockName}: ` : null}
              {who.kind === 'anonymous' ? null : text(`who.${kind}`)}
              {entry.kind === 'staff'
                ? null
                : `${who.kind === 'anonymous' ? '' : ', '}${text(`via.${entry.via}`)}`}
              {isJoined ? `, ${text('activity.joined')}` : null}
            </span>
          </span>
          <span className="col-span-3 row-start-3 flex flex-wrap gap-x-3 text-sm text-ink-soft sm:col-span-1 sm:col-start-2 sm:row-start-1 sm:flex-col">
            <Moment at={entry.createdAt} zone={zone} />
            <Course entry={entry} />
            {entry.kind === 'staff' && entry.reason !== undefined ? (
              <span className="w-full break-words">
                {text('activity.staff.because', { reason: entry.reason })}
              </span>
            ) : null}
          </span>
          <span className="justify-self-end">
            <Outcome entry={entry} now={now} />
          </span>
          <ChevronDown
            aria-hidden
            className="mt-1 size-5 text-ink-soft transition-transform duration-100 group-open:rotate-180 motion-reduce:transition-none"
          />
        </summary>
        <Facts entry={entry} zone={zone} />
      </details>
    </li>
  );
}
