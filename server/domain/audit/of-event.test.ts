import { expect, it } from 'vitest';
import { lineOfEvent } from './of-event';

const event = (type: string, data: Record<string, unknown>, aggregateType = 'lock') =>
  lineOfEvent({ aggregateType, aggregateId: '7', version: 3, type, data });

it('an event is named by noun and verb, and found again by its source', () => {
  expect(event('LockRenamed', { name: 'Back door', lockId: 7 })).toEqual({
    action: 'lock.rename',
    subject: { kind: 'lock', id: '7' },
    data: { name: 'Back door' },
    source: 'event:lock:7:3',
  });
});

it('the reason that was given is kept, and a link is the subject of what becomes of it', () => {
  expect(event('HubSuspended', { reason: 'lost', userId: '9' }, 'hub')).toMatchObject({
    action: 'hub.suspend',
    reason: 'lost',
    data: { userId: '9' },
  });
  expect(event('TempKeyDeleted', { tempKeyUuid: 'abc', lockId: 7 })).toMatchObject({
    action: 'link.revoke',
    subject: { kind: 'link', id: 'abc' },
  });
});

it.each([
  ['KeyAdded', { keyUuid: 'k', keyIndexNumber: 1, code: '1' }, { keyIndexNumber: 1 }],
  [
    'TempKeyCreated',
    { tempKeyUuid: 'u', token: 't', pin: '1', description: 'd', maxUses: 2 },
    { maxUses: 2 },
  ],
  ['DesiredShadowUpdated', { thingName: 't', desired: { password: 'p' } }, { thingName: 't' }],
  ['SomethingNew', { secret: 's' }, {}],
  ['constructor', { secret: 's' }, {}],
])('of %s nothing is kept but what is known to be no secret', (type, data, kept) => {
  expect(event(type, data).data).toEqual(kept);
});

it('a type that is not known is kept by its name', () => {
  expect(event('SomethingNew', {}).action).toBe('lock.something-new');
});
