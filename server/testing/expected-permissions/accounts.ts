import { anybody, anyPerson, type Expected, everyone, keysOf, people, projectKeys, strangers } from './lines';

/** Accounts: plain projects serve everybody, BYOU projects the key with that permission alone. */
const accounts = `
  ADAD | anonymous ${people} device orgKey orgKeyElsewhere service serviceElsewhere superKey support supportElsewhere admin adminOfAll
  ADAD | key keyCommands keyEvents keyKv keyAdmin
  AAAD | keyByou
  ADAA | keyElsewhere
  DDDD | guestLink thing`;

/** Accounts: the person itself, and what keys of the project may. */
const accountsBy = (keys: string): string => `
  UUUU | anonymous
  ADNN | owner
  DDNN | homeless member guest removed ownerOfB
  NNDN | userElsewhere
  ${keys}
  DDDD | device orgKey orgKeyElsewhere service serviceElsewhere superKey ${strangers}`;

/** Accounts, their sessions and passkeys, and what they are told. */
export const accountsExpected = {
  'users.create': { of: 'project', rows: accounts },
  'users.list': {
    of: 'project',
    rows: `
      UUUU | anonymous
      AANN | keyAdmin
      DDNN | ${keysOf('keyAdmin')}
      NNAA | keyElsewhere
      DDDD | ${people} device orgKey orgKeyElsewhere service serviceElsewhere superKey ${strangers}`,
  },
  'users.get': { of: 'user', rows: accountsBy(`AANN | ${projectKeys}\n  NNAN | keyElsewhere`) },
  'users.update': { of: 'user', rows: accountsBy(`DDDD | ${projectKeys} keyElsewhere`) },
  'users.delete': {
    of: 'user',
    rows: accountsBy(`AANN | keyAdmin\n  DDNN | ${keysOf('keyAdmin')}\n  NNAN | keyElsewhere`),
  },
  'users.changePassword': { of: 'user', rows: accountsBy(`DDDD | ${projectKeys} keyElsewhere`) },
  'auth.sms': { of: 'nothing', rows: anybody },
  'auth.startEmailVerification': { of: 'nothing', rows: anybody },
  'auth.verifyEmail': { of: 'nothing', rows: anybody },
  'auth.startPasswordReset': { of: 'nothing', rows: anybody },
  'auth.resetPassword': { of: 'nothing', rows: anybody },
  'auth.activate': { of: 'nothing', rows: anybody },
  'auth.startPasskey': { of: 'nothing', rows: anybody },
  'auth.signUp': { of: 'nothing', rows: anybody },
  'auth.sendMail': { of: 'nothing', rows: anybody },
  'auth.seeInvitation': { of: 'nothing', rows: anybody },
  'auth.user': { of: 'project', rows: accounts },
  'auth.get': { of: 'nothing', rows: `A | anonymous ${everyone}` },
  'auth.token': {
    of: 'nothing',
    rows: `
      U | anonymous
      A | ${people} orgKey orgKeyElsewhere
      D | device ${projectKeys} keyElsewhere service serviceElsewhere superKey ${strangers}`,
  },
  'passkeys.list': { of: 'user', rows: accountsBy(`DDDD | ${projectKeys} keyElsewhere`) },
  'passkeys.start': { of: 'user', rows: accountsBy(`DDDD | ${projectKeys} keyElsewhere`) },
  'passkeys.add': { of: 'user', rows: accountsBy(`DDDD | ${projectKeys} keyElsewhere`) },
  'passkeys.rename': { of: 'user', rows: accountsBy(`DDDD | ${projectKeys} keyElsewhere`) },
  'passkeys.remove': { of: 'user', rows: accountsBy(`DDDD | ${projectKeys} keyElsewhere`) },
  'userSession.list': { of: 'user', rows: accountsBy(`DDDD | ${projectKeys} keyElsewhere`) },
  'userSession.endOthers': { of: 'user', rows: accountsBy(`DDDD | ${projectKeys} keyElsewhere`) },
  'userSession.endOne': { of: 'user', rows: accountsBy(`DDDD | ${projectKeys} keyElsewhere`) },
  'userSession.listen': {
    of: 'project',
    rows: `
      UUUU | anonymous
      ADAD | ${people}
      DDDD | device ${projectKeys} keyElsewhere orgKey orgKeyElsewhere service serviceElsewhere superKey ${strangers}`,
  },
  'userSession.get': { of: 'nothing', rows: anyPerson },
  'userSession.end': { of: 'nothing', rows: anyPerson },
  'userSession.views': { of: 'nothing', rows: anyPerson },
  'notifications.get': { of: 'nothing', rows: anyPerson },
  'notifications.choose': { of: 'nothing', rows: anyPerson },
  'notifications.subscribe': { of: 'nothing', rows: anyPerson },
  'notifications.unsubscribe': { of: 'nothing', rows: anyPerson },
} satisfies Record<string, Expected>;
