'use client';

import { Bookmark, X } from 'lucide-react';
import { useState } from 'react';
import type { SavedView } from '@/server/contracts/console';
import { api } from '../hooks/api';
import { useAction } from '../hooks/use-action';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { later } from '../ui/later';
import { type SearchQuery, searchText } from './search-query';

const KeepDialog = later(async () => (await import('./keep-dialog')).KeepDialog);

/** Searches that the account keeps: chosen, kept under a name, and forgotten. */
export function SavedViews({
  initial,
  query,
  onChoose,
}: {
  initial: readonly SavedView[];
  query: SearchQuery;
  onChoose: (query: SearchQuery) => void;
}) {
  const text = useText();
  const [views, setViews] = useState(initial);
  const [isNaming, setIsNaming] = useState(false);
  const remove = useAction(async (viewId: number) => {
    await api('staff.removeView', { params: { viewId } });
    setViews((kept) => kept.filter(({ id }) => id !== viewId));
  });
  const canKeep = searchText(query) !== '';
  if (views.length === 0 && !canKeep) return null;
  return (
    <section aria-label={text('console.views.title')} className="flex flex-wrap items-center gap-2">
      {views.map((view) => (
        <span key={view.id} className="inline-flex max-w-full items-center rounded-xl border border-line">
          <Button kind="quiet" className="min-w-0" onClick={() => onChoose(view.query as SearchQuery)}>
            <span className="truncate">{view.name}</span>
          </Button>
          <Button
            kind="quiet"
            isIcon
            aria-label={text('console.views.remove', { name: view.name })}
            onClick={() => void remove.run(view.id)}
          >
            <X aria-hidden className="size-4" />
          </Button>
        </span>
      ))}
      {canKeep ? (
        <Button kind="quiet" onClick={() => setIsNaming(true)}>
          <Bookmark aria-hidden className="size-4.5" />
          {text('console.views.keep')}
        </Button>
      ) : null}
      {isNaming ? (
        <KeepDialog
          query={query}
          onClose={() => setIsNaming(false)}
          onKept={(view) =>
            setViews((kept) =>
              [...kept.filter(({ id }) => id !== view.id), view].sort((one, other) =>
                one.name.localeCompare(other.name),
              ),
            )
          }
        />
      ) : null}
    </section>
  );
}
