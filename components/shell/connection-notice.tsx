'use client';

import { CloudOff, WifiOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useIsOnline } from '../hooks/use-is-online';
import { useIsLiveLost } from '../hooks/use-live-home';
import { useText } from '../messages/provider';

/** A short gap is the normal life of a phone and not worth a word. */
const patienceMs = 1_500;

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
  const isOnline = useIsOnline();
  const isLost = useIsLiveLost();
  const [isShown, setIsShown] = useState(false);
  useEffect(() => {
    if (!isLost) return setIsShown(false);
    const timer = setTimeout(() => setIsShown(true), patienceMs);
    return () => clearTimeout(timer);
  }, [isLost]);
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-0 bottom-0 z-10 grid place-items-center p-4"
    >
      {isOnline ? isShown ? <ConnectionBar reason="lost" /> : null : <ConnectionBar reason="offline" />}
    </div>
  );
}
