'use client';

import {
  ArrowLeftRight,
  Ban,
  Check,
  Grid3x3,
  KeyRound,
  Link2,
  type LucideIcon,
  User,
  Wrench,
} from 'lucide-react';
import type { AccessLine } from '@/server/contracts/access';
import type { TextOf } from '../messages/lookup';
import { usePreferences, useText } from '../messages/provider';
import { useNow } from '../time/clock';
import { useMomentText } from '../time/moment';
import { Badge } from '../ui/badge';
import { Button } from '../ui/button';
import { limitWords, reasonWords, usesWords } from './access-words';
import { keyOf, type Opener } from './group-lines';
import { capitalised, windowWords } from './window-words';

export interface RowOptions {
  zone: string;
  isOwner: boolean;
  /** Keys of those whose answer is another one than now. */
  differing: ReadonlySet<string>;
  onEnd: (line: AccessLine) => void;
  userId: number;
}

const icons: Record<AccessLine['kind'], LucideIcon> = {
  member: User,
  'lock-owner': User,
  'key-holder': KeyRound,
  grant: KeyRound,
  link: Link2,
  pin: Grid3x3,
  organisation: Wrench,
};

function Verdict({ allowed, differs }: { allowed: boolean; differs: boolean }) {
  const text = useText();
  return (
    <span className="flex flex-wrap justify-end gap-1.5">
      {differs ? (
        <Badge tone="notice" icon={ArrowLeftRight}>
          {text('access.differs')}
        </Badge>
      ) : null}
      <Badge tone={allowed ? 'calm' : 'plain'} icon={allowed ? Check : Ban}>
        {text(allowed ? 'access.can' : 'access.cannot')}
      </Badge>
    </span>
  );
}

/** Whether this page can end a right by itself; keys are taken out of the lock, and owners end their own elsewhere. */
const isEndable = (line: AccessLine, userId: number): boolean =>
  line.kind === 'grant' || line.kind === 'link' || (line.kind === 'member' && line.id !== String(userId));

function Right({
  line,
  options: { zone, isOwner, onEnd, userId },
}: {
  line: AccessLine;
  options: RowOptions;
}) {
  const text = useText();
  const { hourCycle } = usePreferences();
  const now = useNow(undefined);
  const momentOf = useMomentText(zone);
  const limit = limitWords(line, text, momentOf);
  const uses = usesWords(line, text);
  const Icon = icons[line.kind];
  const hasWindow = line.window !== undefined && Object.keys(line.window).length > 0;
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 sm:flex-nowrap">
      <Icon aria-hidden className="mt-0.5 hidden size-4.5 shrink-0 text-ink-faint sm:block" />
      <div className="min-w-0 flex-1 basis-full text-[0.9375rem] sm:basis-auto">
        <p>{reasonWords(line, text)}</p>
        {line.window === undefined ? null : (
          <p className="text-ink-soft">
            {hasWindow
              ? capitalised(windowWords(line.window, text, zone, { now, hourCycle }))
              : text('access.window.anyTime')}
          </p>
        )}
        {uses === undefined ? null : <p className="text-ink-soft">{uses}</p>}
        {limit === undefined ? null : <p className="text-sm text-pretty text-ink-soft">{limit}</p>}
      </div>
      {isOwner && isEndable(line, userId) ? (
        <Button
          onClick={() => onEnd(line)}
          aria-label={text(
            `access.end.${line.kind === 'member' ? 'member' : line.kind === 'link' ? 'link' : 'grant'}.of`,
            {
              name: line.name,
            },
          )}
        >
          {text(`access.end.${line.kind === 'member' ? 'member' : line.kind === 'link' ? 'link' : 'grant'}`)}
        </Button>
      ) : null}
    </li>
  );
}

/** A person with every right that this person has at the door. */
export function PersonRow({ person, options }: { person: Opener; options: RowOptions }) {
  const text = useText();
  const isSelf = person.key === `person ${options.userId}`;
  return (
    <li className="flex flex-col gap-3 px-4 py-4 sm:px-6">
      <div className="flex flex-wrap items-start justify-between gap-2">
        <h3 className="min-w-0 text-base font-semibold break-words">
          {isSelf ? text('activity.you', { name: person.name }) : person.name}
        </h3>
        <Verdict allowed={person.allowed} differs={options.differing.has(person.key)} />
      </div>
      <ul className="flex flex-col gap-3">
        {person.lines.map((line) => (
          <Right key={keyOf(line)} line={line} options={options} />
        ))}
      </ul>
    </li>
  );
}

function thingName(line: AccessLine, text: TextOf): string {
  if (line.kind === 'organisation') return text('access.organisation.key');
  if (line.kind === 'pin') return line.name === '' ? text('access.pin.former') : line.name;
  return linkLabel(line, text('access.link.plain'));
}

/** A guest link, a PIN code or a key of the organisation. */
export function ThingRow({ line, options }: { line: AccessLine; options: RowOptions }) {
  const text = useText();
  return (
    <li className="flex flex-col gap-3 px-4 py-4 sm:px-6">
      <div className="flex flex-wrap items-start justify-between gap-2">
        <h3 className="min-w-0 text-base font-semibold break-words">{thingName(line, text)}</h3>
        <Verdict allowed={line.allowed} differs={options.differing.has(keyOf(line))} />
      </div>
      <ul className="flex flex-col gap-3">
        <Right line={line} options={options} />
      </ul>
    </li>
  );
}

/** The label that a link was given: the record names it "guest link" and the label. */
const linkLabel = ({ name }: AccessLine, plain: string): string => {
  const label = name.replace(/^guest link ?/, '');
  return label === '' ? plain : label;
};
