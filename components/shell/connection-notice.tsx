'use client';

import { CloudOff, WifiOff } from 'lucide-react';
import { useCutOff } from '../hooks/use-cut-off';
import { useText } from '../messages/provider';

/** The notice itself, for a device without network or a page without live updates. */
export function ConnectionBar({ reason }: { reason: 'offline' | 'lost' }) {
  const text = useText();
  const Icon = reason === 'offline' ? WifiOff : CloudOff;
  return (
    <p className="pointer-events-auto flex max-w-xl items-center gap-3 rounded-2xl border border-notice/30 bg-notice-soft px-4 py-3 text-[0.9375rem] text-notice shadow-card">
      <Icon aria-hidden className="size-5 shrink-0" />
      <span>
        {text(reason === 'offline' ? 'live.offline' : 'live.lost')}
        {reason === 'lost' ? <> {text('live.reconnecting')}</> : null}
      </span>
    </p>
  );
}

/** Says when what is shown may be old, because the live connection is away. */
export function ConnectionNotice() {
  const reason = useCutOff();
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-0 bottom-0 z-10 grid place-items-center p-4"
    >
      {reason === undefined ? null : <ConnectionBar reason={reason} />}
    </div>
  );
}
