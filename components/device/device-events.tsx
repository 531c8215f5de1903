'use client';

import { Activity, Pause, Play } from 'lucide-react';
import { useRef, useState } from 'react';
import type { OutgoingEvent } from '@/server/contracts/devices';
import { apiText } from '../hooks/api';
import { useAction } from '../hooks/use-action';
import { useLiveHomes } from '../hooks/use-live-home';
import { compactJson, formatJson } from '../json/json-text';
import { useText } from '../messages/provider';
import { Moment } from '../time/moment';
import { TimesOf } from '../time/times-of';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { EmptyState } from '../ui/empty-state';
import { Field } from '../ui/field';
import { Select } from '../ui/select';
import {
  eventsMost,
  paused,
  renewed,
  resumed,
  searchEvents,
  streamOf,
  withArrival,
  withOlder,
} from './event-stream';
import { type EventPage, liveEvent, readEventPage, type StreamEvent } from './raw-events';

function Entry({ event, zone }: { event: StreamEvent; zone: string | undefined }) {
  const text = useText();
  return (
    <li className="[contain-intrinsic-size:auto_4rem] [content-visibility:auto]">
      <details className="group">
        <summary className="grid min-h-14 cursor-pointer grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-4 px-4 py-2.5 -outline-offset-3 hover:bg-sunken sm:grid-cols-[minmax(0,2fr)_minmax(0,4fr)_14rem] sm:px-6">
          <span className="truncate font-medium">{event.eventType}</span>
          <code className="col-span-2 row-start-2 truncate text-sm text-ink-soft sm:col-span-1 sm:col-start-2 sm:row-start-1">
            {compactJson(event.data)}
          </code>
          <span className="text-right text-sm text-ink-soft">
            <Moment at={event.timestamp} zone={zone} />
          </span>
        </summary>
        <div className="flex flex-col gap-2 px-4 pb-4 sm:px-6">
          <pre className="rounded-xl bg-sunken p-3 font-mono text-sm break-words whitespace-pre-wrap">
            {formatJson(event.data)}
          </pre>
          <p className="text-sm text-ink-soft">
            {text('device.event.exact', { time: event.timestamp })}
            {event.originDeviceIp === undefined
              ? null
              : ` ${text('device.event.from', { address: event.originDeviceIp })}`}
          </p>
        </div>
      </details>
    </li>
  );
}

interface DeviceEventsProps {
  homeId: number;
  deviceId: number;
  cursor: string;
  zone: string | undefined;
  /** The newest page as JSON text of the API. */
  initial: string;
}

/** What a device tells, live and newest first: by type, searched, halted, and older ones page by page. */
export function DeviceEvents({ homeId, deviceId, cursor, zone, initial }: DeviceEventsProps) {
  const text = useText();
  const [stream, setStream] = useState(() => {
    const { items, next } = readEventPage(initial);
    return streamOf(items, next);
  });
  const [types, setTypes] = useState(() => new Set(stream.items.map(({ eventType }) => eventType)));
  const [type, setType] = useState('');
  const [words, setWords] = useState('');
  /** The type that was chosen last, and the one that the list is of; they differ while the list is read anew. */
  const asked = useRef(type);
  const shown = useRef(type);
  /** What has come since a list was asked for that is not there yet. */
  const meanwhile = useRef<StreamEvent[]>(undefined);

  const load = async (wanted: string, after?: string): Promise<EventPage> => {
    const query = { ...(after === undefined ? {} : { after }), ...(wanted === '' ? {} : { type: wanted }) };
    return readEventPage(await apiText('devices.events', { params: { deviceId }, query }));
  };
  const reload = async (wanted: string) => {
    if (asked.current !== wanted) return;
    const arrived: StreamEvent[] = [];
    meanwhile.current = arrived;
    try {
      const page = await load(wanted);
      if (asked.current !== wanted) return;
      shown.current = wanted;
      setStream((known) => renewed(known, page, arrived));
    } catch (error) {
      if (asked.current === wanted) {
        asked.current = shown.current;
        setType(shown.current);
      }
      throw error;
    } finally {
      meanwhile.current = undefined;
    }
  };
  const renew = useAction(reload, { queues: true });
  const takeIn = (event: StreamEvent) => {
    const isOf = (wanted: string) => wanted === '' || wanted === event.eventType;
    if (isOf(asked.current)) meanwhile.current?.push(event);
    if (isOf(shown.current)) setStream((known) => withArrival(known, event));
  };
  /** Reads the newest from the API, letter for letter. */
  const catchUp = async (wanted: string) => {
    const { items } = await load(wanted);
    for (const event of items.toReversed()) takeIn(event);
  };
  useLiveHomes([{ homeId, cursor }], {
    onMessage: ({ topic, payload, position }) => {
      if (topic !== 'event') return;
      const event = payload as OutgoingEvent;
      if (event.originDeviceId !== deviceId) return;
      setTypes((known) => (known.has(event.eventType) ? known : new Set(known).add(event.eventType)));
      const arrived = liveEvent(event, homeId, position);
      if (arrived !== undefined) return takeIn(arrived);
      const wanted = asked.current;
      if (wanted !== '' && wanted !== event.eventType) return;
      void catchUp(wanted).catch(() => renew.run(wanted));
    },
    onResync: () => void renew.run(asked.current),
    onRevoked: () => window.location.reload(),
  });
  const older = useAction(async () => {
    const [wanted, after] = [shown.current, stream.next];
    if (after === null) return;
    const page = await load(wanted, after);
    setTypes((known) => new Set([...known, ...page.items.map(({ eventType }) => eventType)]));
    // Another list has come meanwhile, which these do not continue.
    if (shown.current !== wanted) return;
    setStream((known) => (known.next === after ? withOlder(known, page.items, page.next) : known));
  });
  const found = searchEvents(stream.items, words);
  return (
    <section aria-labelledby="events" className="flex flex-col gap-5">
      <div className="flex flex-wrap items-start justify-between gap-4">
        <div>
          <h3 id="events" className="text-lg font-semibold">
            {text('device.tab.events')}
          </h3>
          <p role="status" className="text-ink-soft">
            {stream.isPaused
              ? text('device.event.held', { count: stream.heldCount })
              : text('device.event.live')}
          </p>
        </div>
        <Button onClick={() => setStream(stream.isPaused ? resumed : paused)}>
          {stream.isPaused ? (
            <Play aria-hidden className="size-4.5" />
          ) : (
            <Pause aria-hidden className="size-4.5" />
          )}
          {text(stream.isPaused ? 'device.event.resume' : 'device.event.pause')}
        </Button>
      </div>
      <search className="grid gap-4 sm:grid-cols-2">
        <Select
          label={text('device.event.type')}
          value={type}
          onChange={(event) => {
            setType(event.target.value);
            asked.current = event.target.value;
            void renew.run(event.target.value);
          }}
        >
          <option value="">{text('device.event.allTypes')}</option>
          {[...types].sort().map((name) => (
            <option key={name}>{name}</option>
          ))}
        </Select>
        <Field
          label={text('device.event.search')}
          hint={text('device.event.searchHint')}
          type="search"
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      </search>
      <Card className="overflow-hidden">
        {found.length === 0 ? (
          <EmptyState
            icon={Activity}
            level={3}
            title={text(words === '' ? 'device.event.none.title' : 'device.event.noMatch.title')}
            text={text(words === '' ? 'device.event.none.text' : 'device.event.noMatch.text')}
          />
        ) : (
          <TimesOf zone={zone}>
            <ol aria-label={text('device.tab.events')} className="divide-y divide-line">
              {found.map((event) => (
                <Entry key={event.id} event={event} zone={zone} />
              ))}
            </ol>
          </TimesOf>
        )}
      </Card>
      <div className="flex justify-center text-sm text-ink-soft">
        {stream.next !== null ? (
          <Button kind="quiet" disabled={older.isBusy} onClick={() => void older.run()}>
            {text('device.event.older')}
          </Button>
        ) : stream.items.length >= eventsMost ? (
          <p>{text('device.event.full', { count: eventsMost })}</p>
        ) : null}
      </div>
    </section>
  );
}
