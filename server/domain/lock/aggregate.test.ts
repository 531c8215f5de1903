import { describe, expect, it } from 'vitest';
import { Failure } from '../errors';
import { evolveLock, initialLock, type LockEvent, type LockState } from './aggregate';
import { decideLock, type LockCommand } from './decide';

const at = new Date('2026-03-01T12:00:00.123Z');
const uuid = '6b1c0d2e-0000-4000-8000-000000000000';
const newUuid = '6b1c0d2e-0000-4000-8000-000000000001';
const card = 'aaaaaaaa-0000-4000-8000-000000000001';
const fob = 'aaaaaaaa-0000-4000-8000-000000000002';
const label = { lockId: 7, uuid, timestamp: at.toISOString() };
const fold = (events: readonly LockEvent[]): LockState => events.reduce(evolveLock, initialLock);

const created: LockEvent = {
  type: 'LockCreated',
  data: { ...label, name: 'Front door', orgId: 'org', homeId: 3 },
};
const keyed: LockEvent = {
  type: 'KeyAdded',
  data: { ...label, keyUuid: card, keyIndexNumber: 4, userId: '11' },
};
const resident: LockEvent = { type: 'ResidentAdded', data: { ...label, userId: '11', name: 'Kim' } };
const removed: LockEvent = { type: 'LockRemoved', data: label };

function refusalOf(given: LockEvent[], command: LockCommand) {
  try {
    decideLock(fold(given), command, at);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { code: error.code, fields: error.issues.map(({ field }) => field) };
  }
  return 'taken';
}

describe('given events, when a command comes, then events follow', () => {
  const cases: [string, LockEvent[], LockCommand, LockEvent[]][] = [
    [
      'a lock is made with what was said and nothing else',
      [],
      {
        type: 'Create',
        lockId: 7,
        uuid,
        name: 'Gate',
        serialNumber: undefined,
        vendorName: 'Acme',
        keys: [],
      },
      [{ type: 'LockCreated', data: { ...label, name: 'Gate', vendorName: 'Acme' } }],
    ],
    [
      'a lock comes with its keys',
      [],
      {
        type: 'Create',
        lockId: 7,
        uuid,
        name: 'Gate',
        keys: [{ uuid: card, indexNumber: 4 }, { uuid: fob }],
      },
      [
        {
          type: 'LockCreated',
          data: { ...label, name: 'Gate', keys: [{ uuid: card, indexNumber: 4 }, { uuid: fob }] },
        },
      ],
    ],
    [
      'an owner is named',
      [created],
      { type: 'SetOwner', userId: '11' },
      [{ type: 'OwnerSet', data: { ...label, userId: '11' } }],
    ],
    [
      'the owner it has is no change',
      [created, { type: 'OwnerSet', data: { ...label, userId: '11' } }],
      { type: 'SetOwner', userId: '11' },
      [],
    ],
    [
      'another organisation takes it over',
      [created],
      { type: 'SetOrganization', orgId: 'other', isClaim: false },
      [{ type: 'OrganizationSet', data: { ...label, orgId: 'other' } }],
    ],
    [
      'the organisation it has is no change',
      [created],
      { type: 'SetOrganization', orgId: 'org', isClaim: true },
      [],
    ],
    [
      'its uuid changes, and the event says which it had',
      [created],
      { type: 'ChangeUuid', newUuid },
      [{ type: 'LockUuidChanged', data: { ...label, newUuid } }],
    ],
    [
      'the next event carries the new uuid',
      [created, { type: 'LockUuidChanged', data: { ...label, newUuid } }],
      { type: 'SetOwner', userId: '11' },
      [{ type: 'OwnerSet', data: { ...label, uuid: newUuid, userId: '11' } }],
    ],
    [
      'a key is added',
      [created],
      { type: 'AddKey', key: { uuid: card, indexNumber: 4, userId: '11' } },
      [keyed],
    ],
    [
      'a key is removed by its place, and the event names it whole',
      [created, keyed],
      { type: 'RemoveKey', keyIndexNumber: 4 },
      [{ type: 'KeyRemoved', data: { ...label, keyUuid: card, keyIndexNumber: 4 } }],
    ],
    [
      'a card is to be written',
      [created],
      { type: 'WriteKey', keyUuid: card },
      [{ type: 'KeyWriteRequested', data: { ...label, keyUuid: card } }],
    ],
    [
      'a resident is added',
      [created],
      { type: 'AddResident', userId: '11', name: 'Kim', field: 'userId' },
      [resident],
    ],
    [
      'a resident is removed',
      [created, resident],
      { type: 'RemoveResident', userId: '11' },
      [{ type: 'ResidentRemoved', data: { ...label, userId: '11' } }],
    ],
    [
      'it is put into another home',
      [created],
      { type: 'Assign', homeId: 4 },
      [{ type: 'LockAssigned', data: { ...label, homeId: 4 } }],
    ],
    [
      'it is put into no home',
      [created],
      { type: 'Assign', homeId: undefined },
      [{ type: 'LockAssigned', data: { ...label, homeId: null } }],
    ],
    ['the home it is in is no change', [created], { type: 'Assign', homeId: 3 }, []],
    [
      'a new name and a new gesture are two facts',
      [created],
      { type: 'Change', name: 'Back door', gesture: 'tap' },
      [
        { type: 'LockRenamed', data: { ...label, name: 'Back door' } },
        { type: 'GestureSet', data: { ...label, gesture: 'tap' } },
      ],
    ],
    [
      'what it has already is no change',
      [created],
      { type: 'Change', name: 'Front door', gesture: 'hold' },
      [],
    ],
    ['it is removed', [created], { type: 'Remove' }, [removed]],
  ];
  it.each(cases)('%s', (_title, given, command, expected) => {
    expect(decideLock(fold(given), command, at)).toEqual(expected);
  });

  it('refuses what cannot be', () => {
    const create: LockCommand = { type: 'Create', lockId: 7, uuid, name: 'Gate' };
    const refused: [LockEvent[], LockCommand, string, string[]][] = [
      [[created], create, 'conflict', []],
      [[created, removed], create, 'not_found', []],
      [[], { ...create, keys: [{ uuid: card }, { uuid: card }] }, 'invalid', ['keys.1.uuid']],
      [
        [],
        {
          ...create,
          keys: [
            { uuid: card, indexNumber: 1 },
            { uuid: fob, indexNumber: 1 },
          ],
        },
        'invalid',
        ['keys.1.indexNumber'],
      ],
      [[created], { type: 'ChangeUuid', newUuid: uuid }, 'conflict', ['newUuid']],
      [[created, keyed], { type: 'AddKey', key: { uuid: card } }, 'conflict', ['keyUuid']],
      [
        [created, keyed],
        { type: 'AddKey', key: { uuid: fob, indexNumber: 4 } },
        'conflict',
        ['keyIndexNumber'],
      ],
      [[created, keyed], { type: 'RemoveKey' }, 'invalid', ['keyUuid', 'keyIndexNumber']],
      [[created, keyed], { type: 'RemoveKey', keyUuid: fob }, 'not_found', []],
      [[created, keyed], { type: 'RemoveKey', keyUuid: card, keyIndexNumber: 5 }, 'not_found', []],
      [
        [created, resident],
        { type: 'AddResident', userId: '11', name: 'Kim', field: 'email' },
        'invalid',
        ['email'],
      ],
      [[created], { type: 'RemoveResident', userId: '11' }, 'not_found', []],
      [[created], { type: 'SetOrganization', orgId: 'other', isClaim: true }, 'not_found', []],
    ];
    for (const [given, command, code, fields] of refused)
      expect({ command, refusal: refusalOf(given, command) }).toEqual({ command, refusal: { code, fields } });
  });

  it('does nothing with a lock that is not there, or not any more', () => {
    const commands: LockCommand[] = [
      { type: 'SetOwner', userId: '11' },
      { type: 'SetOrganization', orgId: 'org', isClaim: true },
      { type: 'ChangeUuid', newUuid },
      { type: 'AddKey', key: { uuid: card } },
      { type: 'RemoveKey', keyUuid: card },
      { type: 'WriteKey', keyUuid: card },
      { type: 'AddResident', userId: '11', name: 'Kim', field: 'userId' },
      { type: 'RemoveResident', userId: '11' },
      { type: 'Assign', homeId: 4 },
      { type: 'Change', name: 'x' },
      { type: 'Remove' },
    ];
    for (const command of commands)
      for (const given of [[], [created, removed]])
        expect(refusalOf(given, command)).toEqual({ code: 'not_found', fields: [] });
  });
});

describe('what events fold to', () => {
  it('counts every event, those of temporary keys and openings too', () => {
    const opened: LockEvent = { type: 'LockOpenRequested', data: label };
    const lent: LockEvent = { type: 'TempKeyCreated', data: label };
    const before = fold([created]);
    expect(fold([created, opened, lent])).toEqual({ ...before, version: 3 });
  });

  it('forgets the named owner when the lock comes into another home', () => {
    const owned: LockEvent = { type: 'OwnerSet', data: { ...label, userId: '11' } };
    expect(fold([created, owned]).ownerId).toBe('11');
    const moved = fold([created, owned, { type: 'LockAssigned', data: { ...label, homeId: 4 } }]);
    expect(moved).toMatchObject({ homeId: 4, ownerId: undefined });
  });

  it('leaves nobody of the former organisation a place or a key', () => {
    const taken = fold([
      created,
      keyed,
      resident,
      { type: 'OwnerSet', data: { ...label, userId: '11' } },
      { type: 'OrganizationSet', data: { ...label, orgId: 'other' } },
    ]);
    expect(taken).toMatchObject({
      orgId: 'other',
      homeId: undefined,
      ownerId: undefined,
      residents: [],
      keys: [{ uuid: card, indexNumber: 4 }],
    });
  });

  it('keeps of a removed lock whose it was, and no key', () => {
    expect(fold([created, keyed, resident, removed])).toMatchObject({
      version: 4,
      life: 'removed',
      orgId: 'org',
      homeId: undefined,
      keys: [],
      residents: [],
    });
  });
});
