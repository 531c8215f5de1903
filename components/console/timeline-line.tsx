'use client';

import { clsx } from 'clsx';
import {
  Bell,
  ChevronDown,
  DoorOpen,
  KeyRound,
  LifeBuoy,
  LockKeyhole,
  type LucideIcon,
  Mail,
  Radio,
  Router,
  Send,
  Settings2,
  ShieldX,
  UserRound,
  Webhook,
  Wifi,
} from 'lucide-react';
import type { LineKind, TimelineLine } from '@/server/contracts/console';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { Link } from '../ui/link';
import { FactList } from './fact-list';
import { lineSentence } from './line-sentence';
import { LineTime } from './line-time';

const icons: Record<LineKind, LucideIcon> = {
  event: Radio,
  command: Send,
  presence: Wifi,
  door: Bell,
  hub: Router,
  opening: DoorOpen,
  refusal: ShieldX,
  operation: LockKeyhole,
  member: UserRound,
  home: Settings2,
  access: KeyRound,
  pairing: Router,
  message: Mail,
  webhook: Webhook,
  staff: LifeBuoy,
};
const troubled: ReadonlySet<string> = new Set([
  'failed',
  'unconfirmed',
  'expired',
  'unresolved',
  'jammed',
  'late',
]);

interface TimelineLineProps {
  line: TimelineLine;
  zone: string | undefined;
  /** Names of what stands in the home, by `kind:id`. */
  names: ReadonlyMap<string, string>;
  /** Address of this page with the lines around this one. */
  href: string;
  isPointedAt: boolean;
  onReplay: (deliveryId: string) => void;
}

/** One line: when, what kind, and what happened in a sentence; opened, everything that is known, as the record has it. */
export function TimelineRow({ line, zone, names, href, isPointedAt, onReplay }: TimelineLineProps) {
  const text = useText();
  const Icon = icons[line.kind];
  const { subject, who, state, reason } = line;
  const about =
    subject === undefined
      ? ''
      : (names.get(`${subject.kind}:${subject.id}`) ?? (subject.name || `${subject.kind} ${subject.id}`));
  const isBad = line.kind === 'refusal' || (state !== undefined && troubled.has(state));
  return (
    <li className={clsx(isPointedAt && 'bg-accent-soft/50')}>
      <details className="group">
        <summary className="grid min-h-11 cursor-pointer list-none grid-cols-[auto_minmax(0,1fr)_1.25rem] items-center gap-x-3 px-4 py-1.5 text-sm -outline-offset-3 hover:bg-sunken/60 sm:grid-cols-[8.5rem_7.5rem_minmax(0,1fr)_1.25rem] [&::-webkit-details-marker]:hidden">
          <span className="text-ink-soft tabular-nums">
            <LineTime at={line.at} zone={zone} />
          </span>
          <span className="flex min-w-0 items-center gap-1.5 text-ink-soft">
            <Icon aria-hidden className="size-4 shrink-0" />
            {text(`console.line.of.${line.kind}`)}
          </span>
          <span className="min-w-0 break-words max-sm:col-span-2 max-sm:row-start-2">
            <span className={clsx(isBad ? 'font-medium text-alarm' : 'font-medium')}>
              {lineSentence(line, about, text)}
            </span>
            {reason === undefined ? null : (
              <span className="block text-ink-soft">{text('console.line.reason', { reason })}</span>
            )}
          </span>
          <ChevronDown
            aria-hidden
            className="size-4.5 text-ink-soft transition-transform duration-100 group-open:rotate-180 max-sm:col-start-3 max-sm:row-start-1 motion-reduce:transition-none"
          />
        </summary>
        <div className="flex flex-col gap-3 border-t border-line bg-sunken/50 px-4 py-3 text-sm">
          <FactList
            facts={{
              at: line.at,
              id: line.id,
              action: line.action,
              ...(state === undefined ? {} : { state }),
              ...(subject === undefined ? {} : { subject: `${subject.kind}:${subject.id}` }),
              ...(who === undefined || who.kind === '' ? {} : { who: `${who.kind}:${who.id}` }),
              ...line.facts,
            }}
          />
          <div className="flex flex-wrap gap-2">
            <Link
              href={href}
              className="inline-flex min-h-11 items-center rounded-lg px-1 font-medium underline"
            >
              {text('console.line.link')}
            </Link>
            {line.kind === 'webhook' && state !== 'waiting' && subject !== undefined ? (
              <Button onClick={() => onReplay(subject.id)}>{text('console.act.replayDelivery')}</Button>
            ) : null}
          </div>
        </div>
      </details>
    </li>
  );
}
