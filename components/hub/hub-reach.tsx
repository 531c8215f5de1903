'use client';

import { Wifi, WifiOff } from 'lucide-react';
import { useText } from '../messages/provider';
import { Moment } from '../time/moment';
import { TimesOf } from '../time/times-of';
import { Card } from '../ui/card';

/** What is known of a hub's past, as the page was sent. */
export interface HubPast {
  startedAt?: string;
  /** On its network; owners alone are told. */
  address?: string;
  /** When it came and went, newest first. */
  reach: readonly { at: string; online: boolean }[];
}

/** When a hub came and went. */
export function HubReach({ past, zone }: { past: HubPast; zone: string | undefined }) {
  const text = useText();
  return (
    <Card className="overflow-hidden">
      <section aria-labelledby="hub-reach">
        <h3 id="hub-reach" className="border-b border-line px-5 py-4 text-lg font-semibold sm:px-6">
          {text('hub.reach.title')}
        </h3>
        {past.reach.length === 0 ? (
          <p className="px-5 py-5 text-ink-soft sm:px-6">{text('hub.reach.none')}</p>
        ) : (
          <TimesOf zone={zone} isWide>
            <ol className="divide-y divide-line">
              {past.reach.map(({ at, online }) => {
                const Icon = online ? Wifi : WifiOff;
                return (
                  <li key={at} className="flex items-center justify-between gap-4 px-5 py-3 sm:px-6">
                    <span className="flex items-center gap-2">
                      <Icon aria-hidden className="size-4.5 text-ink-soft" />
                      {text(online ? 'hub.reach.came' : 'hub.reach.went')}
                    </span>
                    <span className="text-right text-sm text-ink-soft">
                      <Moment at={at} zone={zone} />
                    </span>
                  </li>
                );
              })}
            </ol>
          </TimesOf>
        )}
      </section>
    </Card>
  );
}
