'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect, useId, useState } from 'react';
import type { SearchHit, SearchKind } from '@/server/contracts/console';
import { api } from '../hooks/api';
import { Field } from '../ui/field';

interface NamedFieldProps {
  name: string;
  label: string;
  hint?: string | undefined;
  error: string | undefined;
  defaultValue: string;
  /** What is looked for. */
  kinds: readonly SearchKind[];
  /** Words that stand for themselves and are no names. */
  words?: readonly string[];
  /** What is put into the filter for something that was found. */
  filterOf: (hit: SearchHit) => string;
}

/** Names shorter than this find too much. */
const shortest = 3;
const restMs = 250;

/**
 * A field of a filter that is filled by name: what is typed is looked for, and what was found can be chosen. Its value is
 * what the address holds; the first thing found goes along in `<name>.first`, for who sends a name as it was typed.
 */
export function NamedField({ kinds, words = [], filterOf, defaultValue, name, ...rest }: NamedFieldProps) {
  const id = useId();
  const [typed, setTyped] = useState(defaultValue);
  const [asked, setAsked] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setAsked(typed.trim()), restMs);
    return () => clearTimeout(timer);
  }, [typed]);
  const isName = asked.length >= shortest && !asked.includes(':') && !words.includes(asked);
  const { data } = useQuery({
    queryKey: ['audit-names', asked],
    queryFn: ({ signal }) => api('staff.search', { query: { q: asked } }, { signal }),
    enabled: isName,
  });
  const found = (isName ? (data?.items ?? []) : []).filter(({ kind }) => kinds.includes(kind)).slice(0, 12);
  return (
    <>
      <Field
        {...rest}
        name={name}
        list={id}
        autoComplete="off"
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
      />
      <input
        type="hidden"
        name={`${name}.first`}
        value={found[0] !== undefined && asked === typed.trim() ? filterOf(found[0]) : ''}
      />
      <datalist id={id}>
        {found.map((hit) => (
          <option key={`${hit.kind}:${hit.id}`} value={filterOf(hit)}>
            {hit.title} {hit.detail}
          </option>
        ))}
        {words.map((word) => (
          <option key={word} value={word} />
        ))}
      </datalist>
    </>
  );
}
