import { clsx } from 'clsx';
import type { TextOf } from '../messages/lookup';
import { Link } from '../ui/link';

interface ActivityPartsProps {
  lockId: number;
  current: 'log' | 'condition';
  text: TextOf;
}

/** The way between the log of a door and how its battery and leaf went. */
export function ActivityParts({ lockId, current, text }: ActivityPartsProps) {
  const path = `/dashboard/locks/${lockId}/activity`;
  return (
    <nav aria-label={text('history.parts')}>
      <ul className="flex gap-2">
        {(['log', 'condition'] as const).map((part) => (
          <li key={part}>
            <Link
              href={part === 'log' ? path : `${path}/condition`}
              aria-current={part === current ? 'page' : undefined}
              className={clsx(
                'inline-flex min-h-11 items-center rounded-xl border px-4 text-[0.9375rem] font-medium',
                part === current
                  ? 'border-accent bg-accent-soft text-ink'
                  : 'border-line-strong text-ink-soft hover:text-ink',
              )}
            >
              {text(`history.part.${part}`)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
