import type { OperationId } from '../contracts/registry';
import { accessExpected } from './expected-permissions/access';
import { accountsExpected } from './expected-permissions/accounts';
import { devicesExpected } from './expected-permissions/devices';
import { homesExpected } from './expected-permissions/homes';
import { hubsExpected } from './expected-permissions/hubs';
import type { Expected } from './expected-permissions/lines';
import { locksExpected } from './expected-permissions/locks';
import { staffExpected } from './expected-permissions/staff';

export type { Kind } from './expected-permissions/lines';

/**
 * Who may do what, written by hand from the contracts and from nothing in the product: A allow, D deny, M members only,
 * N as if it were not there, U unauthenticated. What the columns are stands beside each kind of object.
 */
export const expectedVerdicts: Record<OperationId, Expected> = {
  ...accountsExpected,
  ...homesExpected,
  ...devicesExpected,
  ...locksExpected,
  ...accessExpected,
  ...hubsExpected,
  ...staffExpected,
};

/**
 * Places at one door that depend on the time or on the door itself, at a home in use and at one that is switched off.
 * Every other operation of the registry answers them as if that place were not there.
 */
export const expectedAtDoor: Partial<Record<OperationId, string>> = {
  'locks.open': `
    AD | guestInWindow linkValid
    DD | guestOutOfWindow guestGrantEnded guestGrantAhead linkOutOfWindow linkExpired linkAhead linkRevoked linkOfOtherDoor
    AA | keyHolder lockOwner
    AD | memberWithEndedGrant
    AA | ownerWithEndedGrant memberWithKey
    DD | resident unverifiedMember unverifiedKeyHolder
    NN | keyHolderElsewhere`,
  'locks.startPasskey': `
    AD | guestInWindow
    DD | guestOutOfWindow guestGrantEnded guestGrantAhead linkValid linkOutOfWindow linkExpired linkAhead linkRevoked linkOfOtherDoor
    AA | keyHolder lockOwner
    AD | memberWithEndedGrant
    AA | ownerWithEndedGrant memberWithKey
    DD | resident unverifiedMember unverifiedKeyHolder
    NN | keyHolderElsewhere`,
  'locks.get': `
    AA | guestInWindow guestOutOfWindow guestGrantEnded guestGrantAhead memberWithEndedGrant ownerWithEndedGrant memberWithKey
    DD | keyHolder lockOwner resident unverifiedMember unverifiedKeyHolder linkValid linkOutOfWindow linkExpired linkAhead linkRevoked linkOfOtherDoor
    NN | keyHolderElsewhere`,
};
const seenAtDoor = [
  'locks.favourite',
  'locks.unfavourite',
  'locks.whoCanOpen',
  'locks.basicInfo',
  'locks.events',
  'locks.details',
  'locks.residents',
  'locks.state',
  'locks.opening',
  'locks.activity',
] as const;
for (const operation of seenAtDoor) expectedAtDoor[operation] = expectedAtDoor['locks.get'] as string;
