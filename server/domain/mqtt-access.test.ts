import { describe, expect, it } from 'vitest';
import {
  isClientIdOf,
  type MqttIdentity,
  mayPublish,
  mayReceive,
  maySubscribe,
  readUserName,
} from './mqtt-access';

const lock: MqttIdentity = { kind: 'thing', name: 'lock-1', gatewayFor: [] };
const hub: MqttIdentity = { kind: 'thing', name: 'hub-1', gatewayFor: ['lock-1', 'lock-2'] };
const service: MqttIdentity = { kind: 'service', name: 'bridge' };
const shadow = (thing: string, rest: string) => `$aws/things/${thing}/shadow/${rest}`;

describe('what a thing may publish (device-shadow 9)', () => {
  it.each(['get', 'update', 'delete', 'name/porch/get', 'name/porch/update', 'name/porch/delete'])(
    '%s of its own',
    (rest) => {
      expect(mayPublish(lock, shadow('lock-1', rest))).toBe(true);
      expect(mayPublish(hub, shadow('hub-1', rest))).toBe(true);
      expect(mayPublish(hub, shadow('lock-2', rest))).toBe(true);
      expect(mayPublish(hub, shadow('lock-3', rest))).toBe(false);
      expect(mayPublish(lock, shadow('lock-2', rest))).toBe(false);
      expect(mayPublish(lock, shadow('hub-1', rest))).toBe(false);
    },
  );

  it.each([
    shadow('lock-1', 'update/accepted'),
    shadow('lock-1', 'update/delta'),
    shadow('lock-1', 'update/documents'),
    shadow('lock-1', 'get/accepted'),
    shadow('lock-1', 'get/rejected'),
    shadow('lock-1', 'name/porch/update/accepted'),
    shadow('lock-1', '+'),
    shadow('lock-1', '#'),
    shadow('+', 'update'),
    shadow('lock-1', 'update/'),
    shadow('lock-1', ''),
    `$aws/things/lock-1/${'x'.repeat(256)}`,
    '$aws/events/presence/connected/lock-1',
    '$SYS/broker/uptime',
    'latchkey/v1/home/1/door',
    'latchkey/v1/revoke/session/x',
    'anything',
    'lock-1/status',
    '',
  ])('never %s', (topic) => {
    expect(mayPublish(lock, topic)).toBe(false);
    expect(mayPublish(hub, topic)).toBe(false);
  });
});

describe('last wills (device-shadow 8)', () => {
  it('go to the topic of the own thing, or of a lock behind the hub, and are read by our services alone', () => {
    const will = (thing: string) => `latchkey/things/${thing}/will`;
    expect(mayPublish(lock, will('lock-1'))).toBe(true);
    expect(mayPublish(hub, will('lock-2'))).toBe(true);
    expect(mayPublish(lock, will('lock-2'))).toBe(false);
    expect(mayPublish(lock, `${will('lock-1')}/x`)).toBe(false);
    expect(mayPublish(service, will('lock-1'))).toBe(false);
    expect(maySubscribe(service, will('+'))).toBe(true);
    expect(maySubscribe(service, 'latchkey/things/#')).toBe(false);
    expect(maySubscribe(lock, will('lock-1'))).toBe(false);
    expect(mayReceive(lock, will('lock-1'))).toBe(false);
  });

  it('have the topic that the operator has chosen', () => {
    const pattern = 'fleet/{thing}/gone';
    expect(mayPublish(lock, 'fleet/lock-1/gone', pattern)).toBe(true);
    expect(mayPublish(lock, 'latchkey/things/lock-1/will', pattern)).toBe(false);
    expect(maySubscribe(service, 'fleet/+/gone', pattern)).toBe(true);
  });
});

describe('what a thing may subscribe to (device-shadow 9)', () => {
  it.each([
    'update/delta',
    'get/accepted',
    'get/rejected',
    'update/+',
    '#',
    '+/accepted',
    'name/porch/update/delta',
    'name/+/update/delta',
  ])('%s below its own prefix', (rest) => {
    expect(maySubscribe(lock, shadow('lock-1', rest))).toBe(true);
    expect(maySubscribe(hub, shadow('lock-2', rest))).toBe(true);
    expect(maySubscribe(lock, shadow('lock-2', rest))).toBe(false);
  });

  it.each([
    '#',
    '+',
    '+/+',
    '$aws/#',
    '$aws/things/#',
    '$aws/things/+/shadow/#',
    '$aws/things/+/shadow/update/delta',
    '$aws/things/lock-1/#',
    '$aws/things/lock-1/+/update',
    '$aws/+/lock-1/shadow/update',
    '+/things/lock-1/shadow/update',
    '$aws/events/presence/connected/lock-1',
    '$SYS/#',
    '$share/group/$aws/things/lock-1/shadow/#',
    '$share/g/#',
    'latchkey/v1/#',
    'latchkey/v1/home/1/door',
    `${shadow('lock-1', 'update')}/${'x'.repeat(256)}`,
    '',
  ])('never %s', (filter) => {
    expect(maySubscribe(lock, filter)).toBe(false);
    expect(maySubscribe(hub, filter)).toBe(false);
  });
});

describe('what reaches a thing (device-shadow 9)', () => {
  it('is its own shadow and that of its locks, at the time of delivery', () => {
    expect(mayReceive(lock, shadow('lock-1', 'update/delta'))).toBe(true);
    expect(mayReceive(lock, shadow('lock-2', 'update/delta'))).toBe(false);
    expect(mayReceive(lock, 'latchkey/v1/home/1/door')).toBe(false);
    expect(mayReceive(hub, shadow('lock-2', 'update/delta'))).toBe(true);
    expect(mayReceive({ ...hub, gatewayFor: ['lock-1'] }, shadow('lock-2', 'update/delta'))).toBe(false);
    expect(mayReceive(service, 'latchkey/v1/home/1/door')).toBe(true);
  });
});

describe('our own services (device-shadow 9)', () => {
  it('speak on the bus and for every thing, and to nobody else', () => {
    for (const topic of [
      'latchkey/v1/home/1/door',
      shadow('lock-1', 'update/accepted'),
      '$aws/events/presence/connected/a',
    ]) {
      expect(mayPublish(service, topic)).toBe(true);
    }
    for (const topic of ['latchkey/v1/+/x', 'other', '$SYS/x', '$aws/other'])
      expect(mayPublish(service, topic)).toBe(false);
    for (const filter of ['$aws/things/+/shadow/+', 'latchkey/v1/home/+/+', '$aws/events/presence/+/+']) {
      expect(maySubscribe(service, filter)).toBe(true);
    }
    for (const filter of ['#', '+/#', '$SYS/#', '$share/g/#'])
      expect(maySubscribe(service, filter)).toBe(false);
  });
});

describe('names at the door of the broker', () => {
  it('the query that an SDK appends to the user name is dropped', () => {
    expect(readUserName('lock-1?SDK=JavaScript&Version=2.2.15')).toBe('lock-1');
    expect(readUserName('lock-1')).toBe('lock-1');
    expect(readUserName('?SDK=x')).toBe('');
    expect(readUserName('')).toBe('');
  });

  it('a client id is the name of the thing, or the name and a suffix', () => {
    for (const id of ['lock-1', 'lock-1:a', 'lock-1:', 'lock-1:a:b'])
      expect(isClientIdOf('lock-1', id)).toBe(true);
    for (const id of [
      'lock-12',
      'lock',
      'lock-2',
      '',
      'lock-1:#',
      'lock-1:+',
      `lock-1:${'x'.repeat(128)}`,
      'x:lock-1',
    ]) {
      expect(isClientIdOf('lock-1', id)).toBe(false);
    }
  });
});
