'use client';

import { Copy, Eye, Share2 } from 'lucide-react';
import { useText } from '../messages/provider';
import { Button, buttonClass } from '../ui/button';
import { DialogActions } from '../ui/dialog';
import { useDialogHold } from '../ui/dialog-hold';
import { Field } from '../ui/field';
import { Notice } from '../ui/notice';
import { QrCode } from '../ui/qr-code';
import { tell } from '../ui/toast';

interface MadeLinkProps {
  url: string;
  pin: string | null;
  onDone: () => void;
}

/** A link that was just made: shown once, to copy, share, scan or try. */
export function MadeLink({ url, pin, onDone }: MadeLinkProps) {
  const text = useText();
  useDialogHold('kept', true);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(url);
      tell({ tone: 'done', title: text('ui.copied') });
    } catch {
      tell({ tone: 'failed', title: text('links.made.copyFailed') });
    }
  };
  const share = () => {
    // Closed without a choice: nothing was shared, and nothing has failed.
    navigator.share({ text: text('links.made.shareText'), url }).catch(() => undefined);
  };
  return (
    <div className="flex flex-col gap-5">
      <Notice tone="notice" role="status">
        {text('links.made.lead')}
      </Notice>
      <Field
        label={text('links.made.url')}
        value={url}
        readOnly
        onFocus={({ target }) => target.select()}
        isCode
      />
      {pin === null ? null : (
        <Field label={text('links.made.pin')} value={pin} readOnly isCode className="max-w-40" />
      )}
      <div className="flex flex-wrap gap-2">
        <Button kind="primary" onClick={copy}>
          <Copy aria-hidden className="size-4.5" />
          {text('ui.copy')}
        </Button>
        {'share' in navigator ? (
          <Button onClick={share}>
            <Share2 aria-hidden className="size-4.5" />
            {text('links.made.share')}
          </Button>
        ) : null}
        <a href={url} target="_blank" rel="noreferrer" className={buttonClass('secondary')}>
          <Eye aria-hidden className="size-4.5" />
          {text('links.made.preview')}
        </a>
      </div>
      <QrCode value={url} alt={text('links.made.qr')} />
      <DialogActions>
        <Button onClick={onDone}>{text('links.made.done')}</Button>
      </DialogActions>
    </div>
  );
}
