'use client';

import { Copy } from 'lucide-react';
import { useText } from '../messages/provider';
import { Button } from './button';
import { DialogActions } from './dialog';
import { useDialogHold } from './dialog-hold';
import { Field } from './field';
import { Notice } from './notice';
import { tell } from './toast';

interface ShownOnceProps {
  /** What it is good for, and that it is not to be had again. */
  lead: string;
  label: string;
  value: string;
  /** Name of the button that lets it go. */
  done: string;
  copyFailed: string;
  onDone: () => void;
}

/** Something that was just made and is shown this once, to copy and pass on. */
export function ShownOnce({ lead, label, value, done, copyFailed, onDone }: ShownOnceProps) {
  const text = useText();
  useDialogHold('kept', true);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      tell({ tone: 'done', title: text('ui.copied') });
    } catch {
      tell({ tone: 'failed', title: copyFailed });
    }
  };
  return (
    <div className="flex flex-col gap-5">
      <Notice tone="notice" role="status">
        {lead}
      </Notice>
      <Field
        label={label}
        value={value}
        readOnly
        autoFocus
        onFocus={({ target }) => target.select()}
        isCode
      />
      <DialogActions>
        <Button onClick={() => void copy()}>
          <Copy aria-hidden className="size-4.5" />
          {text('ui.copy')}
        </Button>
        <Button kind="primary" onClick={onDone}>
          {done}
        </Button>
      </DialogActions>
    </div>
  );
}
