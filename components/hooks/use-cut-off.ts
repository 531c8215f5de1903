'use client';

import { useEffect, useState } from 'react';
import { useIsOnline } from './use-is-online';
import { useIsLiveLost } from './use-live-home';

/** A short gap is the normal life of a phone and not worth a word. */
const patienceMs = 1_500;

/** Why what is shown may be old: the device has no network, or the live connection has been away for a while. */
export function useCutOff(): 'offline' | 'lost' | undefined {
  const isOnline = useIsOnline();
  const isLost = useIsLiveLost();
  const [isLasting, setIsLasting] = useState(false);
  useEffect(() => {
    if (!isLost) return setIsLasting(false);
    const timer = setTimeout(() => setIsLasting(true), patienceMs);
    return () => clearTimeout(timer);
  }, [isLost]);
  if (!isOnline) return 'offline';
  return isLasting ? 'lost' : undefined;
}
