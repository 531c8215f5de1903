'use client';

import { Copy, Eye, Share2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useText } from '../messages/provider';
import { Button, buttonClass } from '../ui/button';
import { DialogActions } from '../ui/dialog';
import { Field } from '../ui/field';
import { Notice } from '../ui/notice';
import { tell } from '../ui/toast';

interface MadeLinkProps {
  url: string;
  pin: string | null;
  onDone: () => void;
}

/** The QR code as an image of its own: dark on white in every theme, as cameras want it. */
function useQrCode(url: string): string | undefined {
  const [source, setSource] = useState<string>();
  useEffect(() => {
    let isCurrent = true;
    void import('uqr').then(({ renderSVG }) => {
      if (isCurrent)
        setSource(`data:image/svg+xml;utf8,${encodeURIComponent(renderSVG(url, { border: 2 }))}`);
    });
    return () => {
      isCurrent = false;
    };
  }, [url]);
  return source;
}

/** A link that was just made: shown once, to copy, share, scan or try. */
export function MadeLink({ url, pin, onDone }: MadeLinkProps) {
  const text = useText();
  const code = useQrCode(url);
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
        className="font-mono"
      />
      {pin === null ? null : (
        <Field label={text('links.made.pin')} value={pin} readOnly className="max-w-40 font-mono" />
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
      <div className="mx-auto grid size-56 place-items-center overflow-hidden rounded-xl border border-line bg-sunken">
        {code === undefined ? null : (
          // biome-ignore lint/performance/noImgElement: an image made here, of a few hundred bytes
          <img src={code} alt={text('links.made.qr')} className="size-full" />
        )}
      </div>
      <DialogActions>
        <Button onClick={onDone}>{text('links.made.done')}</Button>
      </DialogActions>
    </div>
  );
}
