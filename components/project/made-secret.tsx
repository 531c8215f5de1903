'use client';

import { Copy } from 'lucide-react';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { DialogActions } from '../ui/dialog';
import { Field } from '../ui/field';
import { Notice } from '../ui/notice';
import { tell } from '../ui/toast';

/** A secret that was just made: shown once, to pass on. */
export function MadeSecret({ label, value, onDone }: { label: string; value: string; onDone: () => void }) {
  const text = useText();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      tell({ tone: 'done', title: text('ui.copied') });
    } catch {
      tell({ tone: 'failed', title: text('project.secret.copyFailed') });
    }
  };
  return (
    <div className="flex flex-col gap-5">
      <Notice tone="notice" role="status">
        {text('project.secret.lead')}
      </Notice>
      <Field
        label={label}
        value={value}
        readOnly
        autoFocus
        onFocus={({ target }) => target.select()}
        className="font-mono"
      />
      <DialogActions>
        <Button onClick={() => void copy()}>
          <Copy aria-hidden className="size-4.5" />
          {text('ui.copy')}
        </Button>
        <Button kind="primary" onClick={onDone}>
          {text('project.secret.done')}
        </Button>
      </DialogActions>
    </div>
  );
}
