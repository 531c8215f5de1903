'use client';

import { useQueryClient } from '@tanstack/react-query';
import { clsx } from 'clsx';
import { Braces, Download, Plus, Upload } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useAction } from '../hooks/use-action';
import { useHomeData } from '../hooks/use-home-data';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { EmptyState } from '../ui/empty-state';
import { Field } from '../ui/field';
import { later } from '../ui/later';
import { LoadFailed } from '../ui/load-failed';
import { Skeleton } from '../ui/skeleton';
import { tell } from '../ui/toast';
import { KvRows } from './kv-rows';
import { deletePair, type KvOwner, kvKey, loadPair, loadPairs, savePair } from './kv-store';
import { exportText, type Pair, readPairs } from './pairs';

const KvEditor = later(async () => (await import('./kv-editor')).KvEditor);
const KvImport = later(async () => (await import('./kv-import')).KvImport);

const typingMs = 250;

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
  /** As its row stood when it was pressed; null: a new one. */
  const [edited, setEdited] = useState<Pair | null>();
  const [isImporting, setIsImporting] = useState(false);
  const first = useMemo(() => readPairs(initial), [initial]);
  useEffect(() => {
    const timer = setTimeout(() => setPrefix(typed.trim()), typingMs);
    return () => clearTimeout(timer);
  }, [typed]);
  const allKey = kvKey(owner);
  const known = useHomeData<Pair[]>({
    homeId,
    cursor,
    queryKey: [...allKey, 'prefix', prefix],
    family: allKey,
    load: (signal) => loadPairs(owner, prefix, signal),
    // What is searched for was not asked for with the page: the rest of it may have changed since.
    initial: prefix === '' ? first : undefined,
    madeAt: now,
    onMessage: ({ topic, payload }) =>
      topic === 'kv' && (payload as { deviceId?: number }).deviceId === deviceId,
  });
  const startsRight = ({ key }: Pair) => key.startsWith(prefix);
  const isKnown = known.data !== undefined;
  // Until the answer to a search is there, what of the page's own would be in it; that there is more, it does not say.
  const pairs = known.data ?? (known.isError ? [] : first.filter(startsRight));
  const asItStands = (pair: Pair): Pair | undefined =>
    // What the search leaves out is not gone.
    pairs.find(({ key }) => key === pair.key) ?? (isKnown && startsRight(pair) ? undefined : pair);
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
  const undo = useAction(restore, { queues: true });
  const remove = useAction(
    async (pair: Pair) => {
      await deletePair(owner, pair.key);
      reload();
      tell({
        tone: 'done',
        title: text('kv.deleted', { key: pair.key }),
        undo: { label: text('kv.undo'), run: () => void undo.run(pair) },
      });
    },
    { queues: true },
  );
  const save = useAction(async () => {
    download(
      await loadPairs(owner, ''),
      `${deviceId === undefined ? `home-${homeId}` : `device-${deviceId}`}.json`,
    );
  });
  const isEmpty = isKnown && pairs.length === 0 && prefix === '';
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
        <div className="grid w-full grid-cols-2 gap-3 sm:flex sm:w-auto">
          <Button kind="primary" className="max-sm:col-span-2" onClick={() => setEdited(null)}>
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
      <LoadFailed of={known} />
      <Card className="overflow-hidden">
        {pairs.length === 0 && !isKnown ? (
          <Skeleton className={clsx('m-4 h-11 rounded-lg', known.isError && 'invisible')} />
        ) : pairs.length === 0 ? (
          <EmptyState
            icon={Braces}
            level={3}
            title={text(isEmpty ? 'kv.none.title' : 'kv.noMatch.title')}
            text={isEmpty ? text('kv.none.text') : text('kv.noMatch.text', { prefix })}
          />
        ) : (
          <KvRows pairs={pairs} zone={zone} onEdit={setEdited} onDelete={(pair) => void remove.run(pair)} />
        )}
      </Card>
      <p role="status" className="text-sm text-ink-soft">
        {isKnown ? text('kv.count', { count: pairs.length }) : '\u00a0'}
      </p>
      {edited === undefined ? null : (
        <KvEditor
          owner={owner}
          pair={edited === null ? undefined : asItStands(edited)}
          isNew={edited === null}
          onSaved={reload}
          onClose={() => setEdited(undefined)}
        />
      )}
      {isImporting ? <KvImport owner={owner} onDone={reload} onClose={() => setIsImporting(false)} /> : null}
    </section>
  );
}
