import { expect, it } from 'vitest';
import type { OutgoingEvent } from '@/server/contracts/devices';
import { liveEvent, positionOf, readEventPage } from './raw-events';

const live = (eventData: Record<string, unknown>): OutgoingEvent => ({
  eventType: 'reading',
  eventData,
  timestamp: '2026-01-01T00:00:00.000Z',
  homeId: 7,
  originDeviceIp: '10.0.0.9',
});

it('keeps the data of stored events letter for letter', () => {
  const data = '{"serial":9007199254740993,"ramp":1.50,"far":1e400,"a,]}":"\\u0041"}';
  const page = readEventPage(
    `{"items":[{"id":"7-12","eventType":"reading","eventData":${data},"timestamp":"2026-01-01T00:00:00.000Z","homeId":7,"originDeviceIp":"10.0.0.9"}],"next":"c"}`,
  );
  expect(page).toEqual({
    items: [
      {
        id: '7-12',
        eventType: 'reading',
        data,
        timestamp: '2026-01-01T00:00:00.000Z',
        originDeviceIp: '10.0.0.9',
      },
    ],
    next: 'c',
  });
  expect(page.items.map(positionOf)).toEqual([12]);
  expect(readEventPage('{"items":[],"next":null}')).toEqual({ items: [], next: null });
});

it('takes a live event as it came, and none whose numbers were rounded on the way', () => {
  expect(liveEvent(live({ power: { watts: 4.5 } }), 7, 13)).toMatchObject({
    id: '7-13',
    data: '{"power":{"watts":4.5}}',
  });
  for (const rounded of ['9007199254740993', '-9007199254740993', '1e400'])
    expect(liveEvent(live(JSON.parse(`{"deep":[{"n":${rounded}}]}`)), 7, 13)).toBeUndefined();
  expect(liveEvent(live({ most: Number.MAX_SAFE_INTEGER }), 7, 13)).toBeDefined();
});
