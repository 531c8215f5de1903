'use client';

import { clsx } from 'clsx';
import { Cpu } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import type { Device } from '@/server/contracts/devices';
import { api } from '../hooks/api';
import { useHomeData } from '../hooks/use-home-data';
import { useText } from '../messages/provider';
import { useMomentText } from '../time/moment';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { EmptyState } from '../ui/empty-state';
import { Field } from '../ui/field';
import { Link } from '../ui/link';
import { LoadFailed } from '../ui/load-failed';
import { Select } from '../ui/select';
import { useRowsInSight } from '../ui/use-rows-in-sight';
import { AddDevice, type WaysToAdd } from './add-device';
import { ConnectionBadge } from './connection-badge';
import { calledOf, type DeviceFilter, filterDevices, onListMessage } from './devices';

export const devicesKey = (homeId: number) => ['devices', homeId] as const;
const rowPixels = 76;

function Row({ device, homeId, zone }: { device: Device; homeId: number; zone: string | undefined }) {
  const text = useText();
  const momentOf = useMomentText(zone);
  const { lastDisconnectTime: seen, lastEventTime: told } = device;
  const facts = [
    device.deviceClass,
    ...(device.name !== undefined && device.tag !== undefined ? [device.tag] : []),
    ...(!device.isConnected && seen !== undefined ? [text('device.lastSeen', { when: momentOf(seen) })] : []),
    told === undefined ? text('device.noEvent') : text('device.lastEvent', { when: momentOf(told) }),
  ];
  return (
    <Link
      href={`/dashboard/homes/${homeId}/devices/${device.id}`}
      className="grid h-full grid-cols-[minmax(0,1fr)_auto] content-center items-center gap-x-4 px-4 -outline-offset-3 hover:bg-sunken sm:px-6"
    >
      <span className="truncate font-medium">
        {calledOf(device) ?? text('device.unnamed', { id: device.id })}
      </span>
      <span className="sm:row-span-2">
        <ConnectionBadge isConnected={device.isConnected} />
      </span>
      <span className="col-span-2 truncate text-sm text-ink-soft sm:col-span-1">{facts.join(' · ')}</span>
    </Link>
  );
}

/** Rows of which only those in sight are drawn; each says its place, so that a screen reader knows how many there are. */
function Rows({ devices, homeId, zone }: { devices: Device[]; homeId: number; zone: string | undefined }) {
  const text = useText();
  const list = useRef<HTMLUListElement>(null);
  const keys = useMemo(() => devices.map(({ id }) => String(id)), [devices]);
  const { first, end, before, after } = useRowsInSight(list, keys, rowPixels);
  return (
    <ul
      ref={list}
      aria-label={text('device.list')}
      style={{ paddingTop: `${before}px`, paddingBottom: `${after}px` }}
    >
      {devices.slice(first, end).map((device, place) => (
        <li
          key={device.id}
          aria-setsize={devices.length}
          aria-posinset={first + place + 1}
          className={clsx(first + place + 1 < devices.length && 'border-b border-line')}
          style={{ height: `${rowPixels}px` }}
        >
          <Row device={device} homeId={homeId} zone={zone} />
        </li>
      ))}
    </ul>
  );
}

interface DeviceListProps {
  homeId: number;
  cursor: string;
  zone: string | undefined;
  initial: Device[];
  /** The service's time of the first paint, epoch milliseconds. */
  now: number;
  ways: WaysToAdd;
}

const everything: DeviceFilter = { search: '', deviceClass: '', state: 'all' };

/** The devices of a home, live, to be searched and filtered, and the way to add one. */
export function DeviceList({ homeId, cursor, zone, initial, now, ways }: DeviceListProps) {
  const text = useText();
  const [filter, setFilter] = useState(everything);
  const known = useHomeData({
    homeId,
    cursor,
    queryKey: devicesKey(homeId),
    load: (signal) => api('devices.list', { query: { homeId } }, { signal }),
    initial,
    madeAt: now,
    onMessage: onListMessage,
  });
  const { data: devices = initial } = known;
  const classes = useMemo(() => [...new Set(devices.map((one) => one.deviceClass))].sort(), [devices]);
  const shown = useMemo(() => filterDevices(devices, filter), [devices, filter]);
  const connected = devices.filter(({ isConnected }) => isConnected).length;
  const add = <AddDevice homeId={homeId} ways={ways} knownIds={devices.map(({ id }) => id)} />;
  return (
    <section aria-labelledby="devices" className="flex flex-col gap-5">
      <div className="flex flex-wrap items-start justify-between gap-4">
        <div>
          <h2 id="devices" className="text-xl font-semibold">
            {text('device.title')}
          </h2>
          <p role="status" className="text-ink-soft">
            {devices.length === 0
              ? text('device.lead')
              : text('device.count', { connected, total: devices.length })}
          </p>
        </div>
        {add}
      </div>
      <LoadFailed of={known} />
      {devices.length === 0 ? (
        <Card>
          <EmptyState
            icon={Cpu}
            level={3}
            title={text('device.none.title')}
            text={text(ways.kind === 'none' ? 'device.none.ask' : 'device.none.text')}
          />
        </Card>
      ) : (
        <>
          <search className="grid gap-4 sm:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_minmax(0,1fr)]">
            <Field
              label={text('device.search')}
              type="search"
              value={filter.search}
              onChange={(event) => setFilter({ ...filter, search: event.target.value })}
            />
            <Select
              label={text('device.class')}
              value={filter.deviceClass}
              onChange={(event) => setFilter({ ...filter, deviceClass: event.target.value })}
            >
              <option value="">{text('device.class.all')}</option>
              {classes.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </Select>
            <Select
              label={text('device.state')}
              value={filter.state}
              onChange={(event) =>
                setFilter({ ...filter, state: event.target.value as DeviceFilter['state'] })
              }
            >
              <option value="all">{text('device.state.all')}</option>
              <option value="connected">{text('device.connected')}</option>
              <option value="away">{text('device.away')}</option>
            </Select>
          </search>
          <Card className="overflow-hidden">
            {shown.length === 0 ? (
              <EmptyState
                icon={Cpu}
                level={3}
                title={text('device.noMatch.title')}
                text={text('device.noMatch.text')}
              >
                <Button onClick={() => setFilter(everything)}>{text('device.noMatch.clear')}</Button>
              </EmptyState>
            ) : (
              <Rows devices={shown} homeId={homeId} zone={zone} />
            )}
          </Card>
        </>
      )}
    </section>
  );
}
