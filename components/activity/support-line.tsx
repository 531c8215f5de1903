import { LifeBuoy } from 'lucide-react';
import type { SupportEntry } from '@/server/contracts/activity';
import { useText } from '../messages/provider';
import { Moment } from '../time/moment';
import { Badge } from '../ui/badge';
import { supportDeed } from './support-deed';

/** What a member of the support staff did in the home, and why. */
export function SupportLine({ entry, zone }: { entry: SupportEntry; zone: string | undefined }) {
  const text = useText();
  return (
    <li className="grid min-h-16 grid-cols-[minmax(0,1fr)_auto] items-start gap-x-3 gap-y-1 px-4 py-3.5 sm:grid-cols-[minmax(0,5fr)_minmax(0,4fr)_minmax(9rem,auto)_1.25rem] sm:gap-x-4 sm:px-6">
      <span className="min-w-0">
        <span className="block truncate font-medium">{entry.who.name}</span>
        <span className="block text-sm text-ink-soft">{text(supportDeed(entry.action))}</span>
      </span>
      <span className="col-span-2 row-start-2 flex flex-wrap gap-x-3 text-sm text-ink-soft sm:col-span-1 sm:col-start-2 sm:row-start-1 sm:flex-col">
        <Moment at={entry.createdAt} zone={zone} />
        {entry.reason === undefined ? null : (
          <span className="min-w-0 break-words">
            {text('activity.support.reason', { reason: entry.reason })}
          </span>
        )}
      </span>
      <span className="justify-self-end">
        <Badge tone="plain" icon={LifeBuoy}>
          {text('activity.support')}
        </Badge>
      </span>
    </li>
  );
}
