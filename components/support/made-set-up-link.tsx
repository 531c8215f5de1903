'use client';

import { Copy } from 'lucide-react';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { DialogActions } from '../ui/dialog';
import { Field } from '../ui/field';
import { Notice } from '../ui/notice';
import { tell } from '../ui/toast';

/** A set-up link that was just made: shown once, to pass on. */
export function MadeSetUpLink({ url, name, onDone }: { url: string; name: string; onDone: () => void }) {
  const text = useText();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(url);
      tell({ tone: 'done', title: text('ui.copied') });
    } catch {
      tell({ tone: 'failed', title: text('support.staff.link.copyFailed') });
    }
  };
  return (
    <div className="flex flex-col gap-5">
      <Notice tone="notice" role="status">
        {text('support.staff.link.made', { name })}
      </Notice>
      <Field
        label={text('support.staff.link.url')}
        value={url}
        readOnly
        onFocus={({ target }) => target.select()}
      />
      <DialogActions>
        <Button onClick={() => void copy()}>
          <Copy aria-hidden className="size-4.5" />
          {text('ui.copy')}
        </Button>
        <Button kind="primary" onClick={onDone}>
          {text('support.staff.link.done')}
        </Button>
      </DialogActions>
    </div>
  );
}
