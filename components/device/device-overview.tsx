'use client';

import type { ReactNode } from 'react';
import { useText } from '../messages/provider';
import { Moment } from '../time/moment';
import { Card } from '../ui/card';
import { CommandComposer } from './command-composer';
import type { DeviceProps } from './device-frame';
import { useDevice } from './use-device';

/** Facts of a device, and the commands it can be sent. */
export function DeviceOverview(props: DeviceProps & { address: string | undefined }) {
  const text = useText();
  const { data: device = props.initial } = useDevice(props);
  const moment = (at: string | undefined) =>
    at === undefined ? text('device.fact.never') : <Moment at={at} zone={props.zone} />;
  const facts: readonly (readonly [string, ReactNode])[] = [
    [text('device.fact.id'), String(device.id)],
    [text('device.class'), device.deviceClass],
    [text('device.tag'), device.tag ?? '–'],
    device.isConnected
      ? [text('device.fact.since'), moment(device.lastConnectTime)]
      : [text('device.fact.seen'), moment(device.lastDisconnectTime)],
    [text('device.fact.event'), moment(device.lastEventTime)],
    [text('device.fact.command'), moment(device.lastCommandTime)],
    [text('device.fact.address'), props.address ?? text('device.fact.unknown')],
    ...(device.claimTime === undefined
      ? []
      : [[text('device.fact.claimed'), moment(device.claimTime)] as const]),
  ];
  return (
    <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
      <Card className="p-4 sm:p-6">
        <section aria-labelledby="facts">
          <h3 id="facts" className="text-lg font-semibold">
            {text('device.facts')}
          </h3>
          <dl className="mt-3 divide-y divide-line">
            {facts.map(([name, value]) => (
              <div key={name} className="flex justify-between gap-6 py-2.5">
                <dt className="shrink-0 text-ink-soft">{name}</dt>
                <dd className="min-w-0 text-right break-words">{value}</dd>
              </div>
            ))}
          </dl>
        </section>
      </Card>
      <CommandComposer deviceId={device.id} isConnected={device.isConnected} zone={props.zone} />
    </div>
  );
}
