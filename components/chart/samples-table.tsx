'use client';

import { useState } from 'react';
import { useText } from '../messages/provider';
import { Moment } from '../time/moment';
import { TimesOf } from '../time/times-of';
import { Button } from '../ui/button';
import type { Sample } from './series';

const rowsAtOnce = 100;

/** The same numbers as a table, newest first, each as the device wrote it. */
export function SamplesTable({
  samples,
  zone,
  hasSeconds = false,
  label,
  whenText,
}: {
  samples: readonly Sample[];
  zone: string | undefined;
  hasSeconds?: boolean;
  label: string;
  /** How a moment is written; with its time of day otherwise. */
  whenText?: (at: number) => string;
}) {
  const text = useText();
  const [shown, setShown] = useState(rowsAtOnce);
  return (
    <div className="flex flex-col items-center gap-3">
      <TimesOf zone={zone} isInset>
        <table className="w-full text-left text-[0.9375rem]">
          <caption className="sr-only">{label}</caption>
          <thead className="text-ink-soft">
            <tr className="border-b border-line">
              <th scope="col" className="py-2 pr-4 font-medium">
                {text('chart.when')}
              </th>
              <th scope="col" className="py-2 text-right font-medium">
                {text('chart.field')}
              </th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {samples
              .toReversed()
              .slice(0, shown)
              .map(({ id, at, text: written }) => (
                <tr key={id}>
                  <td className="py-2 pr-4">
                    {whenText?.(at) ?? (
                      <Moment at={new Date(at).toISOString()} zone={zone} hasSeconds={hasSeconds} />
                    )}
                  </td>
                  <td className="py-2 text-right font-mono text-sm break-all tabular-nums">{written}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </TimesOf>
      {samples.length > shown ? (
        <Button kind="quiet" onClick={() => setShown(shown + rowsAtOnce)}>
          {text('chart.more')}
        </Button>
      ) : null}
    </div>
  );
}
