'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { clsx } from 'clsx';
import { Search } from 'lucide-react';
import { type KeyboardEvent, useDeferredValue, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { SavedView } from '@/server/contracts/console';
import { searchKinds, searchStates } from '@/server/contracts/console-words';
import { api } from '../hooks/api';
import type { AnswerOf } from '../hooks/call';
import { useText } from '../messages/provider';
import { EmptyState } from '../ui/empty-state';
import { ErrorNotice } from '../ui/error-notice';
import { Field } from '../ui/field';
import { Notice } from '../ui/notice';
import { Select } from '../ui/select';
import { SavedViews } from './saved-views';
import { SearchHits } from './search-hits';
import { type SearchQuery, searchText } from './search-query';

interface SearchBoardProps {
  query: SearchQuery;
  initial: AnswerOf<'staff.search'> | undefined;
  projects: readonly { id: number; name: string }[];
  views: readonly SavedView[];
}

/** What took too long to look for is looked for again after this. */
const againMs = 2_000;
const hitSelector = '[data-hit]';

/** Whether a key that is pressed now would be typed into something. */
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input, textarea, select, [role=dialog]') !== null;

/** One box over everything that staff work for; results come as one types. All of it works by keyboard alone. */
export function SearchBoard({ query: given, initial, projects, views }: SearchBoardProps) {
  const text = useText();
  const [query, setQuery] = useState(given);
  const asked = useDeferredValue(query);
  const board = useRef<HTMLDivElement>(null);
  const wasFocused = useRef<Element>(null);
  const [opensFirst, setOpensFirst] = useState(false);
  const input = () => board.current?.querySelector<HTMLInputElement>('input[type=search]');
  const isAsking = (asked.q ?? '').trim() !== '';
  const search = useQuery({
    queryKey: ['staff-search', searchText(asked)],
    queryFn: ({ signal }) => api('staff.search', { query: { ...asked, q: asked.q ?? '' } }, { signal }),
    enabled: isAsking,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.withoutSimilar === true ? againMs : false),
    ...(initial !== undefined && searchText(asked) === searchText(given) ? { initialData: initial } : {}),
  });

  useEffect(() => {
    const words = searchText(query);
    window.history.replaceState(null, '', words === '' ? '/support' : `/support?${words}`);
  }, [query]);
  useEffect(() => {
    const press = (event: globalThis.KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))
        return;
      event.preventDefault();
      const field = board.current?.querySelector<HTMLInputElement>('input[type=search]');
      field?.focus();
      field?.select();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);

  const found = isAsking ? search.data : undefined;
  // What was found before stays until the next is there.
  const isOld =
    asked !== query || (isAsking && !search.isError && (search.isPlaceholderData || search.isPending));
  useLayoutEffect(() => {
    if (isOld || !opensFirst) return;
    setOpensFirst(false);
    board.current?.querySelector<HTMLElement>(hitSelector)?.click();
  }, [isOld, opensFirst]);
  // A hit that goes while the keyboard stands on it leaves it where the next search begins.
  // biome-ignore lint/correctness/useExhaustiveDependencies: hits go when there is another answer
  useLayoutEffect(() => {
    const { current: last } = wasFocused;
    if (last?.isConnected === false && document.activeElement === document.body)
      board.current?.querySelector<HTMLInputElement>('input[type=search]')?.focus();
  }, [found]);

  const move = (event: KeyboardEvent<HTMLDivElement>) => {
    const hits = [...(board.current?.querySelectorAll<HTMLElement>(hitSelector) ?? [])];
    const at = hits.indexOf(document.activeElement as HTMLElement);
    const isInBox = document.activeElement === input();
    if (!isInBox && at === -1) return;
    if (event.key === 'ArrowDown') hits[Math.min(at + 1, hits.length - 1)]?.focus();
    else if (event.key === 'ArrowUp') (at <= 0 ? input() : hits[at - 1])?.focus();
    // Another hit may be the first of what is being typed.
    else if (event.key === 'Enter' && isInBox) setOpensFirst(true);
    else return;
    event.preventDefault();
  };
  const choose = (name: keyof SearchQuery, value: string) => {
    setOpensFirst(false);
    setQuery(({ [name]: _old, ...rest }) => (value === '' ? rest : { ...rest, [name]: value }));
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys move between the controls inside
    <div
      ref={board}
      onKeyDown={move}
      onFocus={({ target }) => {
        wasFocused.current = target;
      }}
      className="flex flex-col gap-5"
    >
      <search>
        <form onSubmit={(event) => event.preventDefault()} className="flex flex-col gap-3">
          <Field
            type="search"
            label={text('console.search.label')}
            hint={text('console.search.hint')}
            value={query.q ?? ''}
            maxLength={200}
            autoComplete="off"
            spellCheck={false}
            onChange={({ target }) => choose('q', target.value)}
          />
          <div className="grid gap-3 sm:grid-cols-3">
            <Select
              label={text('console.search.kind')}
              value={query.kind ?? ''}
              onChange={({ target }) => choose('kind', target.value)}
            >
              <option value="">{text('console.search.anyKind')}</option>
              {searchKinds.map((kind) => (
                <option key={kind} value={kind}>
                  {text(`console.kind.${kind}`)}
                </option>
              ))}
            </Select>
            <Select
              label={text('console.search.project')}
              value={query.project ?? ''}
              onChange={({ target }) => choose('project', target.value)}
            >
              <option value="">{text('console.search.anyProject')}</option>
              {projects.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
            <Select
              label={text('console.search.state')}
              value={query.state ?? ''}
              onChange={({ target }) => choose('state', target.value)}
            >
              <option value="">{text('console.search.anyState')}</option>
              {searchStates.map((state) => (
                <option key={state} value={state}>
                  {text(`console.state.${state}`)}
                </option>
              ))}
            </Select>
          </div>
        </form>
      </search>
      <SavedViews initial={views} query={query} onChoose={setQuery} />
      {search.isError ? <ErrorNotice error={search.error} /> : null}
      {found?.withoutSimilar === true && !isOld ? (
        <Notice tone="plain" role="status">
          {text('console.search.withoutSimilar')}
        </Notice>
      ) : null}
      <p role="status" className="sr-only">
        {found === undefined ? '' : text('console.search.count', { count: found.items.length })}
      </p>
      {found === undefined ? (
        isAsking ? null : (
          <EmptyState
            icon={Search}
            title={text('console.search.start.title')}
            text={text('console.search.start.text')}
          />
        )
      ) : found.items.length === 0 ? (
        <EmptyState
          icon={Search}
          title={text('console.search.none.title')}
          text={text('console.search.none.text')}
        />
      ) : (
        // Seen to be old when the next takes long.
        <div aria-busy={isOld} className={clsx(isOld && 'opacity-60 transition-opacity delay-300')}>
          <SearchHits found={found} projects={projects} />
        </div>
      )}
    </div>
  );
}
