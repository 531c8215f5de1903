'use client';

import { Headset, ShieldX } from 'lucide-react';
import type { ActivityEntry } from '@/server/contracts/activity';
import { OpeningOutcome, OpeningTimes, whoKind } from '../lock/opening-outcome';
import { useText } from '../messages/provider';
import { durationText } from '../time/format';
import { Moment } from '../time/moment';
import { Badge } from '../ui/badge';
import { deedText } from './deeds';
import { LineFact, LineShell } from './line-shell';
import { ToldLine } from './told-line';

interface LineProps {
  entry: Exclude<ActivityEntry, { kind: 'operation' | 'alarm' }>;
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
    <>
      <LineFact name={text(entry.kind === 'staff' ? 'activity.more.done' : 'activity.more.asked')}>
        <Moment at={entry.createdAt} zone={zone} />
      </LineFact>
      {times.map(([name, at]) =>
        at === undefined ? null : (
          <LineFact key={name} name={text(`activity.more.${name}`)}>
            <Moment at={at} zone={zone} />
            <span className="text-ink-soft">
              {`, +${durationText(Date.parse(at) - Date.parse(entry.createdAt), text)}`}
            </span>
          </LineFact>
        ),
      )}
      {entry.kind === 'staff' || entry.address === undefined ? null : (
        <LineFact name={text('activity.more.address')}>
          <span className="font-mono text-sm">{entry.address}</span>
        </LineFact>
      )}
      {entry.kind === 'opening' && entry.error !== undefined ? (
        <LineFact name={text('activity.more.error')}>
          <span className="font-mono text-sm">{entry.error}</span>
        </LineFact>
      ) : null}
      {entry.kind !== 'refusal' && entry.reason !== undefined ? (
        <LineFact name={text('activity.more.reason')}>{entry.reason}</LineFact>
      ) : null}
      <LineFact name={text(requestId === undefined ? 'activity.more.lineId' : 'activity.more.requestId')}>
        <span className="font-mono text-sm break-all">{requestId ?? entry.id}</span>
      </LineFact>
    </>
  );
}

/** What somebody did: who, as whom, how, when and what came of it; opened, everything that is known. */
function AskedLine({ entry, zone, userId, now, showsDoor }: LineProps) {
  const text = useText();
  const { who } = entry;
  const kind = whoKind(who.kind);
  const name = who.name === '' ? text('activity.somebody') : who.name;
  const isViewer = who.kind === 'user' && who.id === String(userId);
  const isJoined = entry.kind === 'opening' && entry.joined !== undefined;
  return (
    <LineShell
      title={isViewer ? text('activity.you', { name }) : name}
      about={
        <>
          {showsDoor && entry.lockName !== undefined ? `${entry.lockName}: ` : null}
          {who.kind === 'anonymous' ? null : text(`who.${kind}`)}
          {entry.kind === 'staff'
            ? null
            : `${who.kind === 'anonymous' ? '' : ', '}${text(`via.${entry.via}`)}`}
          {isJoined ? `, ${text('activity.joined')}` : null}
        </>
      }
      course={
        <>
          <Moment at={entry.createdAt} zone={zone} />
          <Course entry={entry} />
          {entry.kind === 'staff' && entry.reason !== undefined ? (
            <span className="w-full break-words">
              {text('activity.staff.because', { reason: entry.reason })}
            </span>
          ) : null}
        </>
      }
      badge={<Outcome entry={entry} now={now} />}
    >
      <Facts entry={entry} zone={zone} />
    </LineShell>
  );
}

/** One line of the log: who, as whom, how, when and what came of it, or what the lock told. */
export function ActivityLine({ entry, ...rest }: Omit<LineProps, 'entry'> & { entry: ActivityEntry }) {
  return entry.kind === 'operation' || entry.kind === 'alarm' ? (
    <ToldLine entry={entry} zone={rest.zone} showsDoor={rest.showsDoor} />
  ) : (
    <AskedLine entry={entry} {...rest} />
  );
}
