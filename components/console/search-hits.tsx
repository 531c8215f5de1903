'use client';

import type { SearchHit } from '@/server/contracts/console';
import { searchKinds } from '@/server/contracts/console-words';
import type { AnswerOf } from '../hooks/call';
import { useText } from '../messages/provider';
import { Link } from '../ui/link';
import { pathOf } from './search-query';
import { StateBadge } from './state-badge';

interface SearchHitsProps {
  found: AnswerOf<'staff.search'>;
  projects: readonly { id: number; name: string }[];
}

/** What a search found, by kinds, the best of each first. */
export function SearchHits({ found, projects }: SearchHitsProps) {
  const text = useText();
  const names = new Map(projects.map(({ id, name }) => [id, name]));
  return (
    <div className="flex flex-col gap-4">
      {searchKinds.map((kind) => {
        const hits = found.items.filter((hit) => hit.kind === kind);
        if (hits.length === 0) return null;
        return (
          <section
            key={kind}
            aria-labelledby={`kind-${kind}`}
            className="overflow-hidden rounded-2xl border border-line bg-surface shadow-card"
          >
            <h2 id={`kind-${kind}`} className="border-b border-line px-4 py-2.5 font-semibold">
              {text(`console.kind.${kind}`)}
            </h2>
            <ul className="divide-y divide-line">
              {hits.map((hit) => (
                <Hit
                  key={hit.id}
                  hit={hit}
                  project={projects.length > 1 ? names.get(hit.projectId) : undefined}
                />
              ))}
            </ul>
            {found.more.includes(kind) ? (
              <p className="border-t border-line px-4 py-2.5 text-sm text-ink-soft">
                {text('console.search.more')}
              </p>
            ) : null}
          </section>
        );
      })}
    </div>
  );
}

function Hit({ hit, project }: { hit: SearchHit; project: string | undefined }) {
  const text = useText();
  const path = pathOf(hit);
  const inside = (
    <>
      <span className="min-w-0">
        <span className="block font-medium break-words">
          {hit.title === '' ? hit.id : hit.title}
          {hit.match === 'similar' ? (
            <span className="ml-2 text-sm font-normal text-ink-soft">{text('console.search.similar')}</span>
          ) : null}
        </span>
        <span className="block text-sm break-words text-ink-soft">
          {[
            hit.id,
            hit.detail,
            project,
            path === undefined && hit.kind !== 'key' ? text('console.search.noHome') : '',
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </span>
      <StateBadge state={hit.state} />
    </>
  );
  const look = 'grid min-h-12 grid-cols-[minmax(0,1fr)_auto] items-center gap-3 px-4 py-2';
  return (
    <li>
      {path === undefined ? (
        <div className={look}>{inside}</div>
      ) : (
        <Link
          href={path}
          data-hit=""
          className={`${look} -outline-offset-3 hover:bg-sunken/60 focus-visible:bg-sunken/60`}
        >
          {inside}
        </Link>
      )}
    </li>
  );
}
