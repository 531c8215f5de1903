'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { JsonField } from '../json/json-field';
import { jsonKind, jsonProblem } from '../json/json-text';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { Dialog, DialogActions } from '../ui/dialog';
import { ErrorNotice } from '../ui/error-notice';
import { fieldClass } from '../ui/field';
import { Notice } from '../ui/notice';
import { tell } from '../ui/toast';
import { ImportRun, type Run } from './import-run';
import { type KvOwner, kvKey, loadPairs, savePair } from './kv-store';
import { type ImportStep, pairsMost, planImport } from './pairs';

function PlanList({ steps }: { steps: readonly ImportStep[] }) {
  const text = useText();
  return (
    <ul
      aria-label={text('kv.import.preview')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      className="max-h-56 divide-y divide-line overflow-y-auto rounded-xl border border-line"
    >
      {steps.map(({ key, kind }) => (
        <li key={key} className="flex items-baseline justify-between gap-4 px-3 py-2 text-sm">
          <span className="min-w-0 font-mono break-all">{key}</span>
          <span className={kind === 'same' ? 'text-ink-soft' : 'font-medium'}>
            {text(`kv.import.${kind}`)}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Imports values by key from a file or pasted JSON: shows first what would happen, then does it in order. */
export function KvImport({
  owner,
  onDone,
  onClose,
}: {
  owner: KvOwner;
  onDone: () => void;
  onClose: () => void;
}) {
  const text = useText();
  const [typed, setTyped] = useState('');
  const [run, setRun] = useState<Run>();
  const { data: pairs, error } = useQuery({
    queryKey: [...kvKey(owner), 'all'],
    queryFn: ({ signal }) => loadPairs(owner, '', signal),
    // What an import before this one has looked at tells nothing of now.
    gcTime: 0,
    staleTime: 0,
  });
  const plan = pairs === undefined || typed.trim() === '' ? undefined : planImport(typed, pairs);
  const work = plan?.steps.filter(({ kind }) => kind !== 'same') ?? [];
  const count = (kind: ImportStep['kind']) => plan?.steps.filter((step) => step.kind === kind).length ?? 0;
  const isReady = plan !== undefined && plan.problems.length === 0 && !plan.isTooMany && work.length > 0;
  const isRunning = run !== undefined && !run.isOver;

  const apply = async () => {
    const before = new Map((pairs ?? []).map(({ key, value }) => [key, value]));
    const progress: Run = { written: [], total: work.length, isOver: false };
    setRun(progress);
    for (const { key, value } of work) {
      try {
        await savePair(owner, key, value);
      } catch (failure) {
        onDone();
        return setRun({ ...progress, failedAt: key, failure, isOver: true });
      }
      progress.written.push({ key, value, before: before.get(key) });
      setRun({ ...progress, written: [...progress.written] });
    }
    onDone();
    setRun({ ...progress, isOver: true });
  };
  const isNoObject = jsonProblem(typed) === undefined && jsonKind(typed) !== 'object';
  return (
    <Dialog
      isOpen
      isBusy={isRunning}
      onOpenChange={onClose}
      size="wide"
      title={text('kv.import.title')}
      lead={text('kv.import.lead')}
    >
      <div className="flex flex-col gap-5">
        {error === null ? null : <ErrorNotice error={error} />}
        {run === undefined ? (
          <>
            <label className="flex flex-col gap-1.5 text-[0.9375rem] font-medium">
              {text('kv.import.file')}
              <input
                type="file"
                accept="application/json,.json"
                className={`${fieldClass(false)} h-12 py-2 pl-2 text-sm font-normal file:mr-3 file:h-8 file:rounded-lg file:border-0 file:bg-sunken file:px-3 file:text-ink`}
                onChange={(event) =>
                  void event.target.files?.[0]?.text().then(
                    (content) => setTyped(content),
                    () => tell({ tone: 'failed', title: text('kv.import.unreadable') }),
                  )
                }
              />
            </label>
            <JsonField
              label={text('kv.import.paste')}
              hint={text('kv.import.hint')}
              value={typed}
              onChange={setTyped}
              error={isNoObject ? text('kv.import.noObject') : undefined}
              rows={6}
            />
            <div role="status" className="flex flex-col gap-3">
              {plan === undefined ? null : (
                <p>
                  {text('kv.import.sum', {
                    added: count('added'),
                    changed: count('changed'),
                    same: count('same'),
                  })}
                </p>
              )}
              {plan === undefined || plan.problems.length === 0 ? null : (
                <Notice tone="alarm" title={text('kv.import.problems')}>
                  <ul>
                    {plan.problems.map(({ key, problem }, index) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: one key may stand twice, and the list does not move
                      <li key={index}>
                        <code className="break-all">{key === '' ? '""' : key}</code>: {text(`kv.${problem}`)}
                      </li>
                    ))}
                  </ul>
                </Notice>
              )}
              {plan?.isTooMany === true ? (
                <Notice tone="alarm">{text('kv.import.tooMany', { most: pairsMost })}</Notice>
              ) : null}
            </div>
            {plan === undefined || plan.steps.length === 0 ? null : <PlanList steps={plan.steps} />}
          </>
        ) : (
          <ImportRun run={run} owner={owner} onDone={onDone} />
        )}
      </div>
      <DialogActions>
        <Button onClick={onClose} disabled={isRunning}>
          {text(run === undefined ? 'ui.cancel' : 'ui.close')}
        </Button>
        {run === undefined ? (
          <Button kind="primary" disabled={!isReady} onClick={() => void apply()}>
            {work.length === 0 ? text('kv.import') : text('kv.import.go', { count: work.length })}
          </Button>
        ) : null}
      </DialogActions>
    </Dialog>
  );
}
