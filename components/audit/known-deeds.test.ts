import { expect, it } from 'vitest';
import { lineOfEvent } from '@/server/domain/audit/of-event';
import { en } from '../messages/en';
import { deedKey, knownDeeds } from './known-deeds';

it('each known deed has a sentence, another one none', () => {
  for (const deed of knownDeeds) expect(en[deedKey(deed) ?? 'app.name']).toBeTruthy();
  expect(deedKey('lock.fly')).toBeUndefined();
});

it.each([
  'LockOpenRequested',
  'LockRenamed',
  'KeyAdded',
  'TempKeyUsed',
  'HubReClaimed',
  'MatterDeviceCreated',
])('what %s becomes in the record is told in a sentence', (type) => {
  const { action } = lineOfEvent({ aggregateType: 'lock', aggregateId: '1', version: 1, type, data: {} });
  expect(deedKey(action)).toBeDefined();
});
