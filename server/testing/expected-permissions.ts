import type { OperationId } from '../contracts/registry';

/** What an operation is asked about. */
export type Kind = 'nothing' | 'home' | 'user' | 'project';

interface Expected {
  of: Kind;
  /** A line: one letter an object, then the principals it holds for. */
  rows: string;
}

const everyone =
  'homeless owner member guest removed ownerOfB userElsewhere device key keyCommands keyEvents keyKv keyByou keyAdmin keyElsewhere orgKey orgKeyElsewhere service serviceElsewhere superKey guestLink support admin thing';
const people = 'homeless owner member guest removed ownerOfB userElsewhere';
const projectKeys = 'key keyCommands keyEvents keyKv keyByou keyAdmin';
const strangers = 'guestLink support admin thing';

/** Accounts: plain projects serve everybody, BYOU projects the key with that permission alone. */
const accounts = `
  ADAD | anonymous ${people} device orgKey orgKeyElsewhere service serviceElsewhere superKey support admin
  ADAD | key keyCommands keyEvents keyKv keyAdmin
  AAAD | keyByou
  ADAA | keyElsewhere
  DDDD | guestLink thing`;

/** What a signed-in person alone may do, whoever it is. */
const anyPerson = `
  U | anonymous
  A | ${people}
  D | device ${projectKeys} keyElsewhere orgKey orgKeyElsewhere service serviceElsewhere superKey ${strangers}`;

/** What a lock shows to those who have a place at it and to the keys of its organisation. */
const lockReaders = `
  UUUUU | anonymous
  AADNN | owner member guest
  DDANN | ownerOfB
  DDDNN | homeless removed
  NNNAN | orgKeyElsewhere serviceElsewhere keyElsewhere
  NNNDN | userElsewhere
  AAANN | ${projectKeys} orgKey service
  AAAAN | superKey
  DDDDD | device ${strangers}`;

/**
 * Who may do what, written by hand from the contracts: A allow, D deny, M members only, N as if it were not there,
 * U unauthenticated. Columns of `home`: home A, home A deactivated, home B of the same project, a home of another
 * project, no such home (the same for the locks in them). Columns of `user`: the owner of A, another person of the
 * project, a person of another project, nobody. Columns of `project`: the caller's, the caller's if it is BYOU, another,
 * another that is BYOU.
 */
export const expectedVerdicts: Record<OperationId, Expected> = {
  'users.create': { of: 'project', rows: accounts },
  'auth.user': { of: 'project', rows: accounts },
  'auth.get': { of: 'nothing', rows: `A | anonymous ${everyone}` },
  'auth.token': {
    of: 'nothing',
    rows: `
      U | anonymous
      A | ${people} orgKey orgKeyElsewhere
      D | device ${projectKeys} keyElsewhere service serviceElsewhere superKey ${strangers}`,
  },
  'userSession.get': { of: 'nothing', rows: anyPerson },
  'userSession.end': { of: 'nothing', rows: anyPerson },
  'homes.create': { of: 'nothing', rows: anyPerson },
  'locks.list': { of: 'nothing', rows: anyPerson },
  'homes.list': {
    of: 'user',
    rows: `
      UUUU | anonymous
      ADDD | owner
      DDDD | homeless member guest removed ownerOfB userElsewhere
      AADD | ${projectKeys}
      DDAD | keyElsewhere
      DDDD | device orgKey orgKeyElsewhere service serviceElsewhere superKey ${strangers}`,
  },
  'homes.get': {
    of: 'home',
    rows: `
      UUUUU | anonymous
      AAMNN | owner member guest
      MMANN | ownerOfB
      MMMNN | homeless removed
      NNNMN | userElsewhere
      AAANN | ${projectKeys}
      NNNAN | keyElsewhere
      DDDDD | device orgKey orgKeyElsewhere service serviceElsewhere superKey ${strangers}`,
  },
  'homes.update': {
    of: 'home',
    rows: `
      UUUUU | anonymous
      ADMNN | owner member
      DDMNN | guest
      MMANN | ownerOfB
      MMMNN | homeless removed
      NNNMN | userElsewhere
      DDDDD | device ${projectKeys} keyElsewhere orgKey orgKeyElsewhere service serviceElsewhere superKey ${strangers}`,
  },
  'homes.delete': {
    of: 'home',
    rows: `
      UUUUU | anonymous
      ADMNN | owner
      DDMNN | member guest
      MMANN | ownerOfB
      MMMNN | homeless removed
      NNNMN | userElsewhere
      DDDDD | device ${projectKeys} keyElsewhere orgKey orgKeyElsewhere service serviceElsewhere superKey ${strangers}`,
  },
  'locks.get': {
    of: 'home',
    rows: `
      UUUUU | anonymous
      AADNN | owner member guest
      DDANN | ownerOfB
      DDDNN | homeless removed
      NNNDN | userElsewhere
      DDDDD | device ${projectKeys} keyElsewhere orgKey orgKeyElsewhere service serviceElsewhere superKey ${strangers}`,
  },
  'locks.openings': {
    of: 'home',
    rows: `
      UUUUU | anonymous
      AADNN | owner member
      DDDNN | guest homeless removed
      DDANN | ownerOfB
      NNNDN | userElsewhere
      DDDDD | device ${projectKeys} keyElsewhere orgKey orgKeyElsewhere service serviceElsewhere superKey ${strangers}`,
  },
  'locks.open': {
    of: 'home',
    rows: `
      UUUUU | anonymous
      AADNN | owner
      ADDNN | member
      DDDNN | guest homeless removed
      DDANN | ownerOfB
      NNNDN | userElsewhere
      ADANN | orgKey service
      NNNAN | orgKeyElsewhere serviceElsewhere
      AAAAN | superKey
      DDDDD | device ${projectKeys} keyElsewhere ${strangers}`,
  },
  'locks.basicInfo': { of: 'home', rows: lockReaders },
  'locks.events': { of: 'home', rows: lockReaders },
};
