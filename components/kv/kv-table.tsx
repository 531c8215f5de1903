'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Braces, Download, Ellipsis, Pencil, Plus, Trash2, Upload } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useEffect, useMemo, useState } from 'react';
import { useAction } from '../hooks/use-action';
import { useHomeData } from '../hooks/use-home-data';
import { compactJson, jsonKind } from '../json/json-text';
import { useText } from '../messages/provider';
import { Moment } from '../time/moment';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { EmptyState } from '../ui/empty-state';
import { Field } from '../ui/field';
import { Menu, MenuItem } from '../ui/menu';
import { tell } from '../ui/toast';
import { deletePair, type KvOwner, loadPair, loadPairs, savePair } from './kv-store';
import { exportText, type Pair, readPairs } from './pairs';

const KvEditor = dynamic(async () => (await import('./kv-editor')).KvEditor);
const KvImport = dynamic(async () => (await import('./kv-import')).KvImport);

const typingMs = 250;
const shownLetters = 160;

function Row({ pair, zone, onEdit, onDelete }: RowProps) {
  const text = useText();
  const value = compactJson(pair.value);
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 px-4 py-2.5 sm:grid-cols-[minmax(0,3fr)_minmax(0,5fr)_9rem_auto] sm:gap-x-5 sm:px-6">
      <button
        type="button"
        onClick={onEdit}
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
          <MenuItem icon={Pencil} onSelect={onEdit}>
            {text('kv.edit')}
          </MenuItem>
          <MenuItem icon={Trash2} isDangerous onSelect={onDelete}>
            {text('kv.delete')}
          </MenuItem>
        </Menu>
      </span>
    </li>
  );
}

interface RowProps {
  pair: Pair;
  zone: string | undefined;
  onEdit: () => void;
  onDelete: () => void;
}

function download(pairs: readonly Pair[], name: string): void {
  const address = URL.createObjectURL(new Blob([exportText(pairs)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

interface KvTableProps {
  owner: KvOwner;
  cursor: string;
  zone: string | undefined;
  /** The pairs as JSON text of the API's list. */
  initial: string;
  /** The service's time of the first paint, epoch milliseconds. */
  now: number;
}

/** Key-value data of a home or a device: live, searched by prefix, added, edited, taken away, imported and exported. */
export function KvTable({ owner, cursor, zone, initial, now }: KvTableProps) {
  const text = useText();
  const client = useQueryClient();
  const { homeId, deviceId } = owner;
  const [typed, setTyped] = useState('');
  const [prefix, setPrefix] = useState('');
  const [edited, setEdited] = useState<string | null>();
  const [isImporting, setIsImporting] = useState(false);
  const first = useMemo(() => readPairs(initial), [initial]);
  useEffect(() => {
    const timer = setTimeout(() => setPrefix(typed.trim()), typingMs);
    return () => clearTimeout(timer);
  }, [typed]);
  const allKey = ['kv', homeId, deviceId ?? 'home'] as const;
  const initialPairs = first.filter(({ key }) => key.startsWith(prefix));
  const { data: pairs = initialPairs } = useHomeData({
    homeId,
    cursor,
    queryKey: [...allKey, prefix],
    load: (signal) => loadPairs(owner, prefix, signal),
    initial: initialPairs,
    madeAt: now,
    onMessage: ({ topic, payload }) =>
      topic === 'kv' && (payload as { deviceId?: number }).deviceId === deviceId,
  });
  const reload = () => void client.invalidateQueries({ queryKey: allKey });

  const restore = async ({ key, value }: Pair) => {
    // Whoever wrote it meanwhile knew better.
    if ((await loadPair(owner, key)) !== undefined) {
      tell({ tone: 'failed', title: text('kv.undo.taken', { key }) });
      return;
    }
    await savePair(owner, key, value);
    reload();
    tell({ tone: 'done', title: text('kv.undo.done', { key }) });
  };
  const undo = useAction(restore);
  const remove = useAction(async (pair: Pair) => {
    await deletePair(owner, pair.key);
    reload();
    tell({
      tone: 'done',
      title: text('kv.deleted', { key: pair.key }),
      undo: { label: text('kv.undo'), run: () => void undo.run(pair) },
    });
  });
  const save = useAction(async () => {
    download(
      await loadPairs(owner, ''),
      `${deviceId === undefined ? `home-${homeId}` : `device-${deviceId}`}.json`,
    );
  });
  const isEmpty = pairs.length === 0 && prefix === '';
  return (
    <section aria-labelledby="kv" className="flex flex-col gap-5">
      <div className="flex flex-wrap items-start justify-between gap-4">
        <div className="max-w-xl">
          <h2 id="kv" className="text-xl font-semibold">
            {text('kv.title')}
          </h2>
          <p className="text-pretty text-ink-soft">
            {text(deviceId === undefined ? 'kv.lead.home' : 'kv.lead.device')}
          </p>
        </div>
        <div className="flex flex-wrap gap-3">
          <Button kind="primary" onClick={() => setEdited(null)}>
            <Plus aria-hidden className="size-4.5" />
            {text('kv.add')}
          </Button>
          <Button onClick={() => setIsImporting(true)}>
            <Upload aria-hidden className="size-4.5" />
            {text('kv.import')}
          </Button>
          <Button onClick={() => void save.run()} disabled={isEmpty || save.isBusy}>
            <Download aria-hidden className="size-4.5" />
            {text('kv.export')}
          </Button>
        </div>
      </div>
      {isEmpty && typed === '' ? null : (
        <Field
          label={text('kv.search')}
          hint={text('kv.search.hint')}
          type="search"
          maxLength={128}
          autoCapitalize="off"
          autoComplete="off"
          className="max-w-md"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      )}
      <Card className="overflow-hidden">
        {pairs.length === 0 ? (
          <EmptyState
            icon={Braces}
            level={3}
            title={text(isEmpty ? 'kv.none.title' : 'kv.noMatch.title')}
            text={isEmpty ? text('kv.none.text') : text('kv.noMatch.text', { prefix })}
          />
        ) : (
          <ul aria-label={text('kv.list')} className="divide-y divide-line">
            {pairs.map((pair) => (
              <Row
                key={pair.key}
                pair={pair}
                zone={zone}
                onEdit={() => setEdited(pair.key)}
                onDelete={() => void remove.run(pair)}
              />
            ))}
          </ul>
        )}
      </Card>
      <p role="status" className="text-sm text-ink-soft">
        {text('kv.count', { count: pairs.length })}
      </p>
      {edited === undefined ? null : (
        <KvEditor
          owner={owner}
          pair={pairs.find(({ key }) => key === edited)}
          isNew={edited === null}
          onSaved={reload}
          onClose={() => setEdited(undefined)}
        />
      )}
      {isImporting ? <KvImport owner={owner} onDone={reload} onClose={() => setIsImporting(false)} /> : null}
    </section>
  );
}
