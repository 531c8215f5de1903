'use client';

import { useState } from 'react';
import { useAction } from '../hooks/use-action';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { ErrorNotice } from '../ui/error-notice';
import { Notice } from '../ui/notice';
import type { KvOwner } from './kv-store';
import { undoImport, type Written } from './undo-import';

export interface Run {
  written: Written[];
  total: number;
  isOver: boolean;
  failedAt?: string;
  failure?: unknown;
}

/** How far an import is, where it stopped, and the way to take it back. */
export function ImportRun({ run, owner, onDone }: { run: Run; owner: KvOwner; onDone: () => void }) {
  const text = useText();
  const [left, setLeft] = useState<string[]>();
  const undo = useAction(async () => {
    try {
      setLeft(await undoImport(owner, run.written));
    } finally {
      onDone();
    }
  });
  const done = run.written.length;
  if (left !== undefined)
    return (
      <div role="status" className="flex flex-col gap-4">
        <p className="text-lg font-semibold">{text('kv.import.undone', { count: done - left.length })}</p>
        {left.length === 0 ? null : (
          <Notice tone="notice" title={text('kv.import.undoLeft')}>
            <code className="break-all">{left.join(', ')}</code>
          </Notice>
        )}
      </div>
    );
  return (
    <div role="status" className="flex flex-col gap-4">
      <p className="text-lg font-semibold">
        {text(run.isOver && run.failedAt === undefined ? 'kv.import.done' : 'kv.import.progress', {
          done,
          total: run.total,
        })}
      </p>
      <progress
        aria-label={text('kv.import.title')}
        max={run.total}
        value={done}
        className="h-2 w-full accent-accent"
      />
      {run.failedAt === undefined ? null : (
        <>
          <Notice tone="alarm" title={text('kv.import.stopped', { key: run.failedAt })}>
            {text('kv.import.stoppedText', { done, total: run.total })}
          </Notice>
          <ErrorNotice error={run.failure} isPartDone={done > 0} />
        </>
      )}
      {run.isOver && done > 0 ? (
        <Button className="self-start" disabled={undo.isBusy} onClick={() => void undo.run()}>
          {text('kv.import.undo')}
        </Button>
      ) : null}
    </div>
  );
}
