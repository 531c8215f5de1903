'use client';

import { ChevronDown } from 'lucide-react';
import type { AuditLine } from '@/server/contracts/audit';
import { FactList } from '../console/fact-list';
import { LineTime } from '../console/line-time';
import { useText } from '../messages/provider';
import { Link } from '../ui/link';
import { type AuditFilter, auditPath } from './audit-filter';
import { deedKey } from './known-deeds';

const linkClass =
  'inline-flex min-h-11 items-center rounded-lg px-1 font-medium underline underline-offset-4';

interface AuditRowProps {
  line: AuditLine;
  filter: AuditFilter;
  projectName: string | undefined;
}

/** One line of the record as a sentence; opened, all that it holds, and the ways to what belongs to it. */
export function AuditRow({ line, filter, projectName }: AuditRowProps) {
  const text = useText();
  const { who, action, subject, homeId, homeName, reason } = line;
  const named = who.name === '' ? text('audit.somebody') : who.name;
  const key = deedKey(action);
  const sentence =
    key === undefined ? text('audit.other', { who: named, action }) : text(key, { who: named });
  const about = subject === undefined ? undefined : `${subject.kind}:${subject.id}`;
  const aboutName = subject?.name ?? about;
  const only = (more: AuditFilter) => auditPath({ ...filter, ...more });
  return (
    <li>
      <details className="group">
        <summary className="grid min-h-11 cursor-pointer list-none grid-cols-[minmax(0,1fr)_1.25rem] items-center gap-x-3 px-4 py-2 text-sm -outline-offset-3 hover:bg-sunken/60 sm:grid-cols-[8.5rem_minmax(0,1fr)_1.25rem] [&::-webkit-details-marker]:hidden">
          <span className="text-ink-soft tabular-nums">
            <LineTime at={line.createdAt} zone={undefined} />
          </span>
          <span className="min-w-0 break-words max-sm:row-start-2">
            <span className="font-medium">{sentence}</span>
            <span className="text-ink-soft">
              {` · ${[who.kind, aboutName, homeName === aboutName ? undefined : homeName, projectName]
                .filter((part) => part !== undefined)
                .join(' · ')}`}
            </span>
            {reason === undefined ? null : (
              <span className="block text-ink-soft">{text('audit.reason', { reason })}</span>
            )}
          </span>
          <ChevronDown
            aria-hidden
            className="size-4.5 text-ink-soft transition-transform duration-100 group-open:rotate-180 max-sm:col-start-2 max-sm:row-start-1 motion-reduce:transition-none"
          />
        </summary>
        <div className="flex flex-col gap-2 border-t border-line bg-sunken/50 px-4 py-3 text-sm">
          <FactList facts={factsOf(line)} />
          <div className="flex flex-wrap gap-x-4">
            {who.id === '' ? null : (
              <Link href={only({ actor: `${who.kind}:${who.id}` })} className={linkClass}>
                {text('audit.only.actor', { name: named })}
              </Link>
            )}
            <Link href={only({ action })} className={linkClass}>
              {text('audit.only.action', { action })}
            </Link>
            {about === undefined ? null : (
              <Link href={only({ subject: about })} className={linkClass}>
                {text('audit.only.subject', { subject: aboutName ?? about })}
              </Link>
            )}
            {homeId === undefined ? null : (
              <>
                <Link href={only({ home: String(homeId) })} className={linkClass}>
                  {homeName === undefined
                    ? text('audit.only.home', { id: homeId })
                    : text('audit.only.home.named', { name: homeName })}
                </Link>
                <Link href={`/support/homes/${homeId}`} className={linkClass}>
                  {text('audit.go.home')}
                </Link>
              </>
            )}
            {who.kind !== 'user' ? null : (
              <Link href={`/support/users/${who.id}`} className={linkClass}>
                {text('audit.go.user')}
              </Link>
            )}
          </div>
        </div>
      </details>
    </li>
  );
}

const factsOf = ({ id, projectId, homeId, who, action, subject, address, createdAt, data }: AuditLine) =>
  Object.fromEntries(
    Object.entries({
      id,
      at: createdAt,
      project: projectId,
      home: homeId,
      who: `${who.kind}:${who.id}`,
      action,
      subject: subject && `${subject.kind}:${subject.id}`,
      address,
      ...Object.fromEntries(Object.entries(data).map(([name, value]) => [`data.${name}`, value])),
    }).filter(([, value]) => value !== undefined),
  );
