'use client';

import { useEffect } from 'react';

/** Registers the worker of the installed app, once the page has nothing better to do. Not in development. */
export function ServiceWorker() {
  useEffect(() => {
    if (process.env.NODE_ENV !== 'production' || !('serviceWorker' in navigator)) return;
    const register = () =>
      void navigator.serviceWorker.register('/sw.js', { scope: '/', updateViaCache: 'none' }).catch(() => {});
    const timer = setTimeout(register, 2_000);
    return () => clearTimeout(timer);
  }, []);
  return null;
}
