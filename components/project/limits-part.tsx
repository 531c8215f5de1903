'use client';

import { useQuery } from '@tanstack/react-query';
import { clsx } from 'clsx';
import { TriangleAlert } from 'lucide-react';
import type { ProjectSettings, QuotaUse } from '@/server/contracts/projects';
import { Part } from '../console/part';
import { api } from '../hooks/api';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { ErrorNotice } from '../ui/error-notice';
import { Link } from '../ui/link';
import { Skeleton } from '../ui/skeleton';
import type { PartProps } from './asked';
import { limitsOf } from './limits';

/** From here on a limit is soon reached. */
const nearPercent = 80;

function LimitBar({ use: { quota, most, used, at } }: { use: QuotaUse }) {
  const text = useText();
  const percent = most === 0 ? 100 : Math.min(100, Math.floor((used / most) * 100));
  const isFull = used >= most;
  const isNear = percent >= nearPercent;
  const name = text(`project.limit.${quota}`);
  const told = text('project.limits.used', { used, most });
  return (
    <li className="flex flex-col gap-1 px-4 py-2.5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3 text-[0.9375rem]">
        <span className="font-medium">{name}</span>
        <span className="tabular-nums">{told}</span>
      </div>
      {/* The numbers above say it in words. */}
      <div aria-hidden className="h-2 overflow-hidden rounded-full bg-sunken">
        <div
          className={clsx('h-full rounded-full', isFull ? 'bg-alarm' : isNear ? 'bg-notice' : 'bg-accent')}
          style={{ width: `${percent}%` }}
        />
      </div>
      {isNear ? (
        <p className={clsx('flex items-center gap-1.5 text-sm', isFull ? 'text-alarm' : 'text-notice')}>
          <TriangleAlert aria-hidden className="size-4 shrink-0" />
          {text(isFull ? 'project.limits.full' : 'project.limits.near', { percent })}
        </p>
      ) : null}
      {at === undefined ? null : (
        <p className="text-sm text-ink-soft">
          {text('project.limits.fullest')}{' '}
          {at.kind === 'home' ? (
            <Link
              href={`/support/homes/${at.id}`}
              className="inline-flex min-h-11 items-center underline decoration-line-strong underline-offset-4"
            >
              {at.name}
            </Link>
          ) : (
            at.name
          )}
        </p>
      )}
    </li>
  );
}

/** How much the project may hold, and how much of that it holds. */
export function LimitsPart({ project, mayChange, onAsk }: PartProps & { project: ProjectSettings }) {
  const text = useText();
  const hasLimits = Object.values(limitsOf(project)).some((most) => most !== null);
  const { data, error } = useQuery({
    // Asked for anew when the limits are changed.
    queryKey: ['quota-use', project.id, limitsOf(project)],
    queryFn: ({ signal }) => api('projects.quotaUse', { params: { projectId: project.id } }, { signal }),
    enabled: hasLimits,
  });
  return (
    <Part
      id="limits"
      title={text('project.limits')}
      action={
        mayChange ? (
          <Button kind="quiet" onClick={() => onAsk({ deed: 'limits' })}>
            {text('project.limits.change')}
          </Button>
        ) : null
      }
    >
      {error === null ? null : (
        <div className="px-4 py-3">
          <ErrorNotice error={error} />
        </div>
      )}
      {hasLimits ? (
        data === undefined && error === null ? (
          <div className="px-4 py-3" role="status" aria-busy="true" aria-label={text('project.limits')}>
            <Skeleton className="h-16 rounded-xl" />
          </div>
        ) : (
          <ul className="divide-y divide-line">
            {(data?.items ?? []).map((use) => (
              <LimitBar key={use.quota} use={use} />
            ))}
          </ul>
        )
      ) : (
        <p className="px-4 py-3 text-sm text-ink-soft">{text('project.limits.none')}</p>
      )}
    </Part>
  );
}
