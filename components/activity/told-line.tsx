'use client';

import { BellRing, Lock, LockOpen } from 'lucide-react';
import type { ActivityEntry } from '@/server/contracts/activity';
import { useAlarmText } from '../lock/alarm-words';
import type { TextOf } from '../messages/lookup';
import { useText } from '../messages/provider';
import { Moment } from '../time/moment';
import { Badge } from '../ui/badge';
import { LineFact, LineShell } from './line-shell';

type ToldEntry = Extract<ActivityEntry, { kind: 'operation' | 'alarm' }>;

interface ToldLineProps {
  entry: ToldEntry;
  zone: string | undefined;
  /** The door is named on each line. */
  showsDoor: boolean;
}

/** The lock's own time is worth a word where its report came later than this. */
const laterMs = 5_000;

/** Whose code was typed, by its name where it is one of ours. */
function codeText(
  { slot, codeName }: Extract<ToldEntry, { kind: 'operation' }>,
  text: TextOf,
): string | null {
  if (codeName !== undefined) return `, ${text('activity.told.code', { name: codeName })}`;
  return slot === undefined ? null : `, ${text('activity.told.slot', { slot })}`;
}

/** One line that the lock itself told: a bolt that was moved without a request, or an alarm. */
export function ToldLine({ entry, zone, showsDoor }: ToldLineProps) {
  const text = useText();
  const alarmText = useAlarmText();
  const isAlarm = entry.kind === 'alarm';
  const title = isAlarm ? alarmText(entry.alarm) : text(`activity.told.${entry.source}.${entry.operation}`);
  const own = isAlarm ? undefined : entry.happenedAt;
  const isLate = own !== undefined && Date.parse(entry.createdAt) - Date.parse(own) > laterMs;
  return (
    <LineShell
      title={title}
      about={
        <>
          {showsDoor ? `${entry.lockName}: ` : null}
          {text(isAlarm ? 'activity.told.byLock' : `activity.told.${entry.source}`)}
          {isAlarm ? null : codeText(entry, text)}
        </>
      }
      course={
        <>
          <Moment at={entry.createdAt} zone={zone} />
          {isLate ? (
            <span>
              {text('activity.told.late')} <Moment at={own} zone={zone} />
            </span>
          ) : null}
        </>
      }
      badge={
        isAlarm ? (
          <Badge tone="alarm" icon={BellRing}>
            {text('activity.told.alarm')}
          </Badge>
        ) : (
          <Badge tone="plain" icon={entry.operation === 'lock' ? Lock : LockOpen}>
            {text(`activity.told.${entry.operation}ed`)}
          </Badge>
        )
      }
    >
      <LineFact name={text('activity.more.reported')}>
        <Moment at={entry.createdAt} zone={zone} />
      </LineFact>
      {own === undefined ? null : (
        <LineFact name={text('activity.more.lockTime')}>
          <Moment at={own} zone={zone} />
        </LineFact>
      )}
      <LineFact name={text('activity.more.lineId')}>
        <span className="font-mono text-sm">{entry.id}</span>
      </LineFact>
    </LineShell>
  );
}
