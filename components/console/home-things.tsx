'use client';

import type { SupportedHome } from '@/server/contracts/console';
import { useText } from '../messages/provider';
import { Moment } from '../time/moment';
import { Badge } from '../ui/badge';
import { ActMenu } from './act-menu';
import type { NamedAct } from './acts';
import { Part, Row } from './part';
import { reachState, StateBadge } from './state-badge';

interface HomeThingsProps {
  home: SupportedHome;
  onAsk: (act: NamedAct) => void;
  durationOf: (durationMs: number) => string;
}

/** Locks, hubs and devices of a home with whether they can be reached; nothing here opens a door. */
export function HomeThings({ home, onAsk, durationOf }: HomeThingsProps) {
  const text = useText();
  const { id: homeId, timezone: zone } = home;
  const none = <p className="px-4 py-3 text-sm text-ink-soft">{text('console.home.none')}</p>;
  return (
    <>
      <Part id="locks" title={text('console.home.locks')}>
        {home.locks.length === 0 ? (
          none
        ) : (
          <ul className="divide-y divide-line">
            {home.locks.map((lock) => {
              const [last] = lock.openings;
              const { latency } = lock;
              return (
                <Row
                  key={lock.lockId}
                  id={`lock-${lock.lockId}`}
                  title={
                    <>
                      {lock.name}
                      <StateBadge state={reachState(lock.reachable)} />
                      <Badge tone={lock.bolt === 'jammed' ? 'alarm' : 'plain'}>
                        {text(`console.bolt.${lock.bolt}`)}
                      </Badge>
                    </>
                  }
                  lines={[
                    [`${lock.lockId}`, lock.serialNumber, lock.uuid].filter(Boolean).join(' · '),
                    latency === undefined
                      ? text('console.lock.noLatency')
                      : text(latency.count === 1 ? 'console.lock.latency.one' : 'console.lock.latency', {
                          p50: durationOf(latency.p50Ms),
                          p95: durationOf(latency.p95Ms),
                          count: latency.count,
                        }),
                    last === undefined ? null : (
                      <>
                        {text('console.lock.last', { who: last.who.name, state: last.status })},{' '}
                        <Moment at={last.createdAt} zone={zone} />
                      </>
                    ),
                  ]}
                >
                  <ActMenu
                    name={lock.name}
                    onAsk={onAsk}
                    acts={[
                      { act: 'testReach', homeId, kind: 'lock', id: String(lock.lockId), name: lock.name },
                    ]}
                  />
                </Row>
              );
            })}
          </ul>
        )}
      </Part>
      <Part id="hubs" title={text('console.home.hubs')}>
        {home.hubs.length === 0 ? (
          none
        ) : (
          <ul className="divide-y divide-line">
            {home.hubs.map((hub) => (
              <Row
                key={hub.hubId}
                id={`hub-${hub.hubId}`}
                title={
                  <>
                    {hub.serial}
                    <StateBadge state={hub.status === 'Suspended' ? 'suspended' : reachState(hub.online)} />
                  </>
                }
                lines={[`${hub.model} · ${hub.hubId}`, hub.suspendedReason ?? null]}
              >
                <ActMenu
                  name={hub.serial}
                  onAsk={onAsk}
                  acts={[
                    { act: 'testReach', homeId, kind: 'hub', id: hub.hubId, name: hub.serial },
                    {
                      act: hub.status === 'Suspended' ? 'resumeHub' : 'suspendHub',
                      homeId,
                      hubId: hub.hubId,
                      name: hub.serial,
                    },
                  ]}
                />
              </Row>
            ))}
          </ul>
        )}
      </Part>
      <Part id="devices" title={text('console.home.devices')}>
        {home.devices.length === 0 ? (
          none
        ) : (
          <ul className="divide-y divide-line">
            {home.devices.map((device) => {
              const name = device.name ?? device.tag ?? device.deviceClass;
              return (
                <Row
                  key={device.id}
                  id={`device-${device.id}`}
                  title={
                    <>
                      {name}
                      <StateBadge state={device.isConnected ? 'connected' : 'away'} />
                    </>
                  }
                  lines={[
                    [`${device.id}`, device.deviceClass, device.tag].filter(Boolean).join(' · '),
                    device.lastEventTime === undefined ? null : (
                      <Moment key="event" at={device.lastEventTime} zone={zone} />
                    ),
                  ]}
                >
                  <ActMenu
                    name={name}
                    onAsk={onAsk}
                    acts={[
                      { act: 'testReach', homeId, kind: 'device', id: String(device.id), name },
                      { act: 'releaseDevice', homeId, deviceId: device.id, name },
                    ]}
                  />
                </Row>
              );
            })}
          </ul>
        )}
      </Part>
    </>
  );
}
