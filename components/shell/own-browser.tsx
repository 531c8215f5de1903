'use client';

import type { MyViews } from '@/server/contracts/views';
import { LookRequests } from '../look/look-requests';
import { ConnectionNotice } from './connection-notice';
import { ServiceWorker } from './service-worker';

interface OwnBrowserProps {
  looks: MyViews;
  now: number;
}

/**
 * What a person's own browser has beside its pages: whether they are up to date, what support asks for or does, and what
 * makes the app work without a network.
 */
export function OwnBrowser({ looks, now }: OwnBrowserProps) {
  return (
    <>
      {looks.homes.length === 0 ? null : <LookRequests initial={looks} now={now} />}
      <ConnectionNotice />
      <ServiceWorker />
    </>
  );
}
