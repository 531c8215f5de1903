'use client';

import { Ellipsis, Pencil, Trash2 } from 'lucide-react';
import { useMemo, useRef } from 'react';
import { compactJson, jsonKind } from '../json/json-text';
import { useText } from '../messages/provider';
import { Moment } from '../time/moment';
import { TimesOf } from '../time/times-of';
import { Button } from '../ui/button';
import { Menu, MenuItem } from '../ui/menu';
import { useRowsInSight } from '../ui/use-rows-in-sight';
import type { Pair } from './pairs';

const shownLetters = 160;
/** Of a row in one line; rows that are higher are measured. */
const rowPixels = 65;

interface KvRowsProps {
  pairs: readonly Pair[];
  zone: string | undefined;
  onEdit: (pair: Pair) => void;
  onDelete: (pair: Pair) => void;
}

interface RowProps extends Omit<KvRowsProps, 'pairs'> {
  pair: Pair;
}

function Row({ pair, zone, onEdit, onDelete }: RowProps) {
  const text = useText();
  const value = compactJson(pair.value);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 px-4 py-2.5 sm:grid-cols-[minmax(0,3fr)_minmax(0,5fr)_14rem_auto] sm:gap-x-5 sm:px-6">
      <button
        type="button"
        onClick={() => onEdit(pair)}
        aria-label={text('kv.edit.label', { key: pair.key })}
        className="min-h-11 min-w-0 rounded-lg text-left font-mono text-sm font-medium break-all underline-offset-4 hover:underline"
      >
        {pair.key}
      </button>
      <span className="col-start-1 row-start-2 flex min-w-0 items-baseline gap-2 sm:col-start-2 sm:row-start-1">
        <span className="shrink-0 text-sm text-ink-soft">{text(`kv.kind.${jsonKind(pair.value)}`)}</span>
        <code className="truncate text-sm">
          {value.length > shownLetters ? `${value.slice(0, shownLetters)}…` : value}
        </code>
      </span>
      <span className="col-start-1 row-start-3 text-sm text-ink-soft sm:col-start-3 sm:row-start-1">
        <Moment at={pair.modifiedAt} zone={zone} />
      </span>
      <span className="col-start-2 row-span-3 row-start-1 sm:col-start-4 sm:row-span-1">
        <Menu
          trigger={
            <Button kind="quiet" isIcon aria-label={text('kv.more', { key: pair.key })}>
              <Ellipsis aria-hidden className="size-5" />
            </Button>
          }
        >
          <MenuItem icon={Pencil} onSelect={() => onEdit(pair)}>
            {text('kv.edit')}
          </MenuItem>
          <MenuItem icon={Trash2} isDangerous onSelect={() => onDelete(pair)}>
            {text('kv.delete')}
          </MenuItem>
        </Menu>
      </span>
    </div>
  );
}

/**
 * The pairs, of which only those in sight are drawn; each says its place, so that a screen reader knows how many there
 * are. The rows stand in the flow between two blanks, so that the first paint needs no heights to be right.
 */
export function KvRows({ pairs, ...rest }: KvRowsProps) {
  const text = useText();
  const list = useRef<HTMLUListElement>(null);
  const keys = useMemo(() => pairs.map(({ key }) => key), [pairs]);
  const { first, end, before, after } = useRowsInSight(list, keys, rowPixels);
  return (
    <TimesOf zone={rest.zone}>
      <ul
        ref={list}
        aria-label={text('kv.list')}
        style={{ paddingTop: `${before}px`, paddingBottom: `${after}px` }}
      >
        {pairs.slice(first, end).map((pair, place) => (
          <li
            key={pair.key}
            aria-setsize={pairs.length}
            aria-posinset={first + place + 1}
            className={first + place === pairs.length - 1 ? undefined : 'border-b border-line'}
          >
            <Row pair={pair} {...rest} />
          </li>
        ))}
      </ul>
    </TimesOf>
  );
}
