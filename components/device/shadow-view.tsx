'use client';

import { useQuery } from '@tanstack/react-query';
import { Check, Clock3, Minus, Radio } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { ShownShadow } from '@/server/contracts/things';
import { api } from '../hooks/api';
import { useText } from '../messages/provider';
import { Moment } from '../time/moment';
import { Badge } from '../ui/badge';
import { Card } from '../ui/card';
import { EmptyState } from '../ui/empty-state';
import { ErrorNotice } from '../ui/error-notice';
import { changedPaths, type ShadowLine, shadowLines } from './json-diff';

const everyMs = 3_000;

function State({ line }: { line: ShadowLine }) {
  const text = useText();
  if (line.isDelta) {
    return (
      <Badge tone="notice" icon={Clock3}>
        {text('device.shadow.waiting')}
      </Badge>
    );
  }
  if (line.desired !== undefined && line.reported !== undefined) {
    return (
      <Badge tone="calm" icon={Check}>
        {text('device.shadow.inStep')}
      </Badge>
    );
  }
  return (
    <Badge tone="plain" icon={Minus}>
      {text('device.shadow.onlyReported')}
    </Badge>
  );
}

interface ShadowViewProps {
  of: { deviceId: number } | { lockId: number } | { hubId: string };
  initial: ShownShadow;
  zone: string | undefined;
  /** Level of the title in the page's outline. */
  level: 2 | 3;
}

/** What is wanted of a thing and what it says, path by path, asked for anew every three seconds while it is shown. */
export function ShadowView({ of, initial, zone, level }: ShadowViewProps) {
  const text = useText();
  const Title = `h${level}` as const;
  const { data: shadow, error } = useQuery({
    queryKey: ['shadow', initial.thing],
    queryFn: ({ signal }) =>
      'deviceId' in of
        ? api('devices.shadow', { params: of }, { signal })
        : 'lockId' in of
          ? api('locks.shadow', { params: { id: of.lockId } }, { signal })
          : api('hubs.shadow', { params: { id: of.hubId } }, { signal }),
    initialData: initial,
    refetchInterval: everyMs,
  });
  const lines = shadowLines(shadow);
  const seen = useRef(shadow);
  const [changed, setChanged] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    if (seen.current.version !== shadow.version)
      setChanged(changedPaths(shadowLines(seen.current), shadowLines(shadow)));
    seen.current = shadow;
  }, [shadow]);
  const cells = (line: ShadowLine) =>
    [
      ['device.shadow.desired', line.desired],
      ['device.shadow.reported', line.reported],
    ] as const;
  return (
    <section aria-labelledby="shadow" className="flex flex-col gap-5">
      <div>
        <Title id="shadow" className={level === 2 ? 'text-xl font-semibold' : 'text-lg font-semibold'}>
          {text('device.shadow.title')}
        </Title>
        <p className="max-w-2xl text-pretty text-ink-soft">{text('device.shadow.lead')}</p>
        <p role="status" className="mt-1 text-sm text-ink-soft">
          {shadow.version === null ? null : (
            <>
              {text('device.shadow.version', { version: shadow.version })},{' '}
              <Moment at={new Date(shadow.timestamp * 1_000).toISOString()} zone={zone} />
            </>
          )}
        </p>
      </div>
      {error === null ? null : <ErrorNotice error={error} />}
      <Card className="overflow-hidden">
        {lines.length === 0 ? (
          <EmptyState
            icon={Radio}
            level={3}
            title={text('device.shadow.none.title')}
            text={text('device.shadow.none.text')}
          />
        ) : (
          <ul aria-label={text('device.shadow.title')} className="divide-y divide-line">
            {lines.map((line) => (
              <li
                key={line.path}
                className="grid grid-cols-2 gap-x-5 gap-y-2 px-4 py-3.5 sm:grid-cols-[minmax(0,4fr)_minmax(0,3fr)_minmax(0,3fr)_auto] sm:px-6"
              >
                <p className="col-span-2 min-w-0 font-mono text-sm font-medium break-all sm:col-span-1">
                  {line.path}
                  {changed.has(line.path) ? (
                    <span className="ml-2 rounded bg-accent-soft px-1.5 py-0.5 font-sans text-ink">
                      {text('device.shadow.changed')}
                    </span>
                  ) : null}
                </p>
                {cells(line).map(([name, value]) => (
                  <p key={name} className="min-w-0 text-sm">
                    <span className="block text-ink-soft">{text(name)}</span>
                    <code className="break-all">{value ?? '–'}</code>
                  </p>
                ))}
                <div className="col-span-2 sm:col-span-1 sm:w-40 sm:text-right">
                  <State line={line} />
                </div>
              </li>
            ))}
          </ul>
        )}
      </Card>
    </section>
  );
}
