import { describe, expect, it } from 'vitest';
import type { JsonObject } from '@/server/domain/json';
import { readShadowCommand } from '../journal';
import { readPinCommand } from './pin-command';

const read = (members: JsonObject) => {
  const command = readShadowCommand({ pin: { id: 'a', expiresAt: 1, ...members } }, 'pin');
  return command && readPinCommand(command);
};
const pin = { v: 1 };
const timezone = 'Europe/Oslo';
const weekly = { kind: 'weekly', weekdays: [1, 7], fromMinute: 0, untilMinute: 1_440 };
const between = {
  kind: 'between',
  from: '2026-03-28T23:00:00.000Z',
  until: '2026-03-29T10:00:00.000Z',
};

describe('a PIN command', () => {
  it.each<[string, JsonObject, object]>([
    ['a new PIN', { type: 'set_pin', pin }, { slot: undefined, pin, hours: null }],
    [
      'with what a shadow does not keep',
      { type: 'set_pin', pin, slot: null, name: null, schedule: null, timezone: null },
      { slot: undefined, name: undefined, hours: null, zone: undefined },
    ],
    ['a name alone', { type: 'set_pin', slot: 3, name: 'Kari' }, { slot: 3, name: 'Kari', pin: undefined }],
    [
      'hours of the week',
      { type: 'set_pin', pin, schedule: weekly, timezone },
      { hours: weekly, zone: timezone },
    ],
    [
      'a stretch of time over the night that puts the clock forward',
      { type: 'set_pin', pin, schedule: between, timezone },
      {
        hours: {
          kind: 'between',
          from: Date.parse('2026-03-29T00:00:00Z'),
          until: Date.parse('2026-03-29T12:00:00Z'),
        },
      },
    ],
    ['the end of one', { type: 'clear_pin', slot: 2 }, { type: 'clear_pin', slot: 2 }],
  ])('%s', (_, members, expected) => {
    expect(read(members)).toMatchObject(expected);
  });

  it.each<[string, JsonObject]>([
    ['of another type', { type: 'unlock', slot: 1 }],
    ['of a new PIN without digits', { type: 'set_pin', name: 'Kari' }],
    ['without what is to be cleared', { type: 'clear_pin', slot: null }],
    ['for all slots at once', { type: 'clear_pin', slot: 0xfffe }],
    ['for half a slot', { type: 'clear_pin', slot: 1.5 }],
    ['for no slot', { type: 'set_pin', slot: 0, pin }],
    ['with hours of no zone', { type: 'set_pin', pin, schedule: weekly }],
    [
      'with hours of a zone that is none',
      { type: 'set_pin', pin, schedule: weekly, timezone: 'Europe/Ouslo' },
    ],
    ['with hours of another kind', { type: 'set_pin', pin, timezone, schedule: { kind: 'yearly' } }],
    ['with hours that are none', { type: 'set_pin', pin, timezone, schedule: 'always' }],
    ['on no day', { type: 'set_pin', pin, timezone, schedule: { ...weekly, weekdays: [] } }],
    ['on an eighth day', { type: 'set_pin', pin, timezone, schedule: { ...weekly, weekdays: [8] } }],
    [
      'that ends before it begins',
      { type: 'set_pin', pin, timezone, schedule: { ...weekly, fromMinute: 1_440 } },
    ],
    ['over midnight', { type: 'set_pin', pin, timezone, schedule: { ...weekly, untilMinute: 1_441 } }],
    ['of no length', { type: 'set_pin', pin, timezone, schedule: { ...between, until: between.from } }],
    [
      'before Matter began',
      { type: 'set_pin', pin, timezone, schedule: { ...between, from: '1999-01-01T00:00:00Z' } },
    ],
    ['of no moment', { type: 'set_pin', pin, timezone, schedule: { ...between, from: 'now' } }],
  ])('%s is none', (_, members) => {
    expect(read(members)).toBeUndefined();
  });
});
