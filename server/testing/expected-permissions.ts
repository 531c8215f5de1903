import type { OperationId } from '../contracts/registry';
import { lockVerdicts } from './expected-lock-permissions';

/** What an operation is asked about. */
export type Kind =
  | 'nothing'
  | 'home'
  | 'claim'
  | 'hub'
  | 'thing'
  | 'user'
  | 'project'
  | 'device'
  | 'addition'
  | 'staff-account';

export interface Expected {
  of: Kind;
  /** A line: one letter an object, then the principals it holds for. */
  rows: string;
}

const everyone =
  'homeless owner member guest removed ownerOfB userElsewhere device key keyCommands keyEvents keyKv keyByou keyAdmin keyElsewhere orgKey orgKeyElsewhere service serviceElsewhere superKey guestLink support supportElsewhere admin adminOfAll thing';
const people = 'homeless owner member guest removed ownerOfB userElsewhere';
const projectKeys = 'key keyCommands keyEvents keyKv keyByou keyAdmin';
const strangers = 'guestLink support supportElsewhere admin adminOfAll thing';

/** Accounts: plain projects serve everybody, BYOU projects the key with that permission alone. */
const accounts = `
  ADAD | anonymous ${people} device orgKey orgKeyElsewhere service serviceElsewhere superKey support supportElsewhere admin adminOfAll
  ADAD | key keyCommands keyEvents keyKv keyAdmin
  AAAD | keyByou
  ADAA | keyElsewhere
  DDDD | guestLink thing`;

/** What a signed-in person alone may do, whoever it is. */
const anyPerson = `
  U | anonymous
  A | ${people}
  D | device ${projectKeys} keyElsewhere orgKey orgKeyElsewhere service serviceElsewhere superKey ${strangers}`;

/** What staff may do in the projects they work for; what is elsewhere is not there. */
const staffOfHome = `
  UUUUU | anonymous
  AAANN | support admin
  NNNAN | supportElsewhere
  AAAAN | adminOfAll
  DDDDD | ${people} device ${projectKeys} keyElsewhere orgKey orgKeyElsewhere service serviceElsewhere superKey guestLink thing`;

/** What a lock shows to those who have a place at it and to the keys of its organisation; a guest has one by a grant. */
const lockReaders = `
  UUUUU | anonymous
  AADNN | owner member
  DDDNN | guest
  DDANN | ownerOfB
  DDDNN | homeless removed
  NNNAN | orgKeyElsewhere serviceElsewhere keyElsewhere
  NNNDN | userElsewhere
  AAANN | ${projectKeys} orgKey service
  AAAAN | superKey
  DDDDD | device ${strangers}`;

const keysOf = (permission: string): string =>
  projectKeys
    .split(' ')
    .filter((name) => name !== permission)
    .join(' ');

/** What people of the home and keys of the project may read; `device`: it may read itself. */
const readersOf = (device: 'AADNN' | 'DDDDD'): string => `
  UUUUU | anonymous
  AAMNN | owner member guest
  MMANN | ownerOfB
  MMMNN | homeless removed
  NNNMN | userElsewhere
  AAANN | ${projectKeys}
  NNNAN | keyElsewhere
  ${device} | device
  DDDDD | orgKey orgKeyElsewhere service serviceElsewhere superKey ${strangers}`;

/** What people of the home may change while it is in use, and a key with the permission of that name. */
const writersOf = (key: string, device: 'AADNN' | 'DDDDD' = 'DDDDD'): string => `
  UUUUU | anonymous
  ADMNN | owner member
  DDMNN | guest
  MMANN | ownerOfB
  MMMNN | homeless removed
  NNNMN | userElsewhere
  AAANN | ${key}
  DDDNN | ${keysOf(key)}
  NNNAN | keyElsewhere
  ${device} | device
  DDDDD | orgKey orgKeyElsewhere service serviceElsewhere superKey ${strangers}`;

/** What a device alone may do, and only for itself. */
const deviceItself = `
  UUUUU | anonymous
  AADNN | device
  DDDDD | ${people} ${projectKeys} keyElsewhere orgKey orgKeyElsewhere service serviceElsewhere superKey ${strangers}`;

/** What people who manage members may do; without the project's switch that is every member of a home in use. */
const memberManagers = `
  UUUUU | anonymous
  ADMNN | owner member
  DDMNN | guest
  MMANN | ownerOfB
  MMMNN | homeless removed
  NNNMN | userElsewhere
  DDDDD | device ${projectKeys} keyElsewhere orgKey orgKeyElsewhere service serviceElsewhere superKey ${strangers}`;

/** What owners alone may do with the places of others, while the home is in use. */
const ownersOfMembers = `
  UUUUU | anonymous
  ADMNN | owner
  DDMNN | member guest
  MMANN | ownerOfB
  MMMNN | homeless removed
  NNNMN | userElsewhere
  DDDDD | device ${projectKeys} keyElsewhere orgKey orgKeyElsewhere service serviceElsewhere superKey ${strangers}`;

/** What people of a home may read, switched off too; no keys. */
const membersThemselves = `
  UUUUU | anonymous
  AAMNN | owner member guest
  MMANN | ownerOfB
  MMMNN | homeless removed
  NNNMN | userElsewhere
  DDDDD | device ${projectKeys} keyElsewhere orgKey orgKeyElsewhere service serviceElsewhere superKey ${strangers}`;

/** What owners of the home do at its doors; `A`, home A in use, then switched off. */
const ownersAtDoor = (inA: 'ADDNN' | 'AADNN', others: string): string => `
  UUUUU | anonymous
  ${inA} | owner
  DDANN | ownerOfB
  DDDNN | member guest homeless removed
  NNNDN | userElsewhere
  ${others}
  DDDDD | device ${projectKeys} keyElsewhere ${strangers}`;
const noKeys = 'DDDDD | orgKey orgKeyElsewhere service serviceElsewhere superKey';
const keysInUse = 'ADANN | orgKey service\n  NNNAN | orgKeyElsewhere serviceElsewhere\n  AAAAN | superKey';
const keysAlways = 'AAANN | orgKey service\n  NNNAN | orgKeyElsewhere serviceElsewhere\n  AAAAN | superKey';

/** What is open to all, since a code or a token is the right. */
const anybody = `A | anonymous ${everyone}`;

/** Accounts: the person itself, and what keys of the project may. */
const accountsBy = (keys: string): string => `
  UUUU | anonymous
  ADNN | owner
  DDNN | homeless member guest removed ownerOfB
  NNDN | userElsewhere
  ${keys}
  DDDD | device orgKey orgKeyElsewhere service serviceElsewhere superKey ${strangers}`;

/** What keys of the organisation may, and of the people of the hub's home those named. */
const organisationAnd = (users: string): string => `
  UUUUU | anonymous
  ${users.trim()}
  NNNDN | userElsewhere
  AAANN | orgKey service
  NNNAN | orgKeyElsewhere serviceElsewhere
  AAAAN | superKey
  DDDDD | device ${projectKeys} keyElsewhere ${strangers}`;
const hubKeepers = organisationAnd(`
  AADNN | owner
  DDANN | ownerOfB
  DDDNN | homeless member guest removed`);
const hubUsers = organisationAnd(`
  ADDNN | owner member
  DDANN | ownerOfB
  DDDNN | homeless guest removed`);
const hubReaders = organisationAnd(`
  AADNN | owner member
  DDANN | ownerOfB
  DDDNN | homeless guest removed`);
const organisationAlone = `
  UUUUU | anonymous
  AAANN | orgKey service
  NNNAN | orgKeyElsewhere serviceElsewhere
  AAAAN | superKey
  DDDDD | ${people} device ${projectKeys} keyElsewhere ${strangers}`;
/** Shadows by HTTP; `key`: the project keys that may, where the thing is a device of theirs. */
const shadowUsers = (keys: string, others: string): string => `
  UUUUU | anonymous
  DADNN | ${keys}${others === '' ? '' : `\n  DDDNN | ${others}`}
  NNNDN | keyElsewhere
  AAANN | orgKey service
  NNNAN | orgKeyElsewhere serviceElsewhere
  AAAAN | superKey
  ADADD | thing
  DDDDD | ${people} device guestLink support supportElsewhere admin adminOfAll`;

const everyoneButStaff = everyone.replace(/ (support|supportElsewhere|admin|adminOfAll)(?= )/g, '');
/** What every member of staff may do, wherever they work. */
const staffThemselves = `
  U | anonymous
  A | support supportElsewhere admin adminOfAll
  D | ${everyoneButStaff}`;
/** Homes and accounts, to staff of their project alone. */
const staffAtHome = `
  UUUUU | anonymous
  AAANN | support admin
  NNNAN | supportElsewhere
  AAAAN | adminOfAll
  DDDDD | ${everyoneButStaff}`;
const staffAtAccount = `
  UUUU | anonymous
  AANN | support admin
  NNAN | supportElsewhere
  AAAN | adminOfAll
  DDDD | ${everyoneButStaff}`;
/** Projects, to the staff who work for them, and to the administrators among those. */
const staffOfProject = `
  UUUU | anonymous
  AANN | support admin
  NNAA | supportElsewhere
  AAAA | adminOfAll
  DDDD | ${everyoneButStaff}`;
const administratorsOfProject = `
  UUUU | anonymous
  DDNN | support
  AANN | admin
  NNDD | supportElsewhere
  AAAA | adminOfAll
  DDDD | ${everyoneButStaff}`;
/** Staff accounts are managed by administrators whose projects they work for and no others. */
const overseers = `
  UUUUUU | anonymous
  ANNNNN | admin
  AAAAAN | adminOfAll
  DDDDDD | ${people} device ${projectKeys} keyElsewhere orgKey orgKeyElsewhere service serviceElsewhere superKey guestLink support supportElsewhere thing`;

/**
 * Who may do what, written by hand from the contracts: A allow, D deny, M members only, N as if it were not there,
 * U unauthenticated. Columns of `home`: home A, home A deactivated, home B of the same project, a home of another
 * project, no such home (the same for the locks in them). Columns of `user`: the owner of A, another person of the
 * project, a person of another project, nobody. Columns of `project`: the caller's, the caller's if it is BYOU, another,
 * another that is BYOU. Columns of `device`: the calling device in home A, the same with A deactivated, a device in home
 * B, one of another project, no such device. Columns of `addition`: those of `home`, then any call with a provisioning
 * token. Columns of `claim`: those of `home`, then a lock of no organisation.
 * token. Columns of `hub`, to be claimed for home A: a hub of the project, one of another project, none, one of no
 * organisation yet.
 * B, one of another project, no such device. Columns of `thing`: the calling
 * thing itself (a hub), a device of the project, a lock behind the calling hub, a lock of another project, no such thing.
 * Columns of `addition`: those of `home`, then any call with a provisioning
 * token. Columns of `staff-account`: one that works for the caller's project, for that and another, for another, for all,
 * for none, no such account.
 */
export const expectedVerdicts: Record<OperationId, Expected> = {
  'projects.list': { of: 'nothing', rows: staffThemselves },
  'projects.get': { of: 'project', rows: staffOfProject },
  'projects.quotaUse': { of: 'project', rows: staffOfProject },
  'projects.update': { of: 'project', rows: administratorsOfProject },
  'projects.addApp': { of: 'project', rows: administratorsOfProject },
  'projects.removeApp': { of: 'project', rows: administratorsOfProject },
  'projects.addClass': { of: 'project', rows: administratorsOfProject },
  'projects.describeClass': { of: 'project', rows: administratorsOfProject },
  'projects.addKey': { of: 'project', rows: administratorsOfProject },
  'projects.revokeKey': { of: 'project', rows: administratorsOfProject },
  'projects.addOrgKey': { of: 'project', rows: administratorsOfProject },
  'projects.revokeOrgKey': { of: 'project', rows: administratorsOfProject },
  'projects.addModule': { of: 'project', rows: administratorsOfProject },
  'projects.switchModule': { of: 'project', rows: administratorsOfProject },
  'projects.deliveries': { of: 'project', rows: staffOfProject },
  'projects.testModule': { of: 'project', rows: administratorsOfProject },
  'projects.replayDelivery': { of: 'project', rows: administratorsOfProject },
  'projects.makeDevices': { of: 'project', rows: administratorsOfProject },
  'projects.labels': { of: 'project', rows: administratorsOfProject },
  'projects.addIssuer': { of: 'project', rows: administratorsOfProject },
  'projects.removeIssuer': { of: 'project', rows: administratorsOfProject },
  'projects.messages': { of: 'project', rows: staffOfProject },
  'projects.writeMessage': { of: 'project', rows: administratorsOfProject },
  'projects.resetMessage': { of: 'project', rows: administratorsOfProject },
  'projects.previewMessage': { of: 'project', rows: administratorsOfProject },
  'projects.testMessage': { of: 'project', rows: administratorsOfProject },
  'staff.signIn': { of: 'nothing', rows: anybody },
  'staff.getSession': { of: 'nothing', rows: anybody },
  'staff.startFactor': { of: 'nothing', rows: anybody },
  'staff.proveFactor': { of: 'nothing', rows: anybody },
  'staff.ownAccount': { of: 'nothing', rows: staffThemselves },
  'staff.changePassword': { of: 'nothing', rows: staffThemselves },
  'staff.startAuthenticator': { of: 'nothing', rows: staffThemselves },
  'staff.proveAuthenticator': { of: 'nothing', rows: staffThemselves },
  'staff.endOtherSessions': { of: 'nothing', rows: staffThemselves },
  'staff.startPasskey': { of: 'nothing', rows: staffThemselves },
  'staff.addPasskey': { of: 'nothing', rows: staffThemselves },
  'staff.removePasskey': { of: 'nothing', rows: staffThemselves },
  'staff.startPasskeyFactor': { of: 'nothing', rows: anybody },
  'staff.provePasskey': { of: 'nothing', rows: anybody },
  'staff.signOut': { of: 'nothing', rows: anybody },
  'staff.setUp': { of: 'nothing', rows: anybody },
  'staff.accounts': {
    of: 'nothing',
    rows: `
      U | anonymous
      A | admin adminOfAll
      D | ${people} device ${projectKeys} keyElsewhere orgKey orgKeyElsewhere service serviceElsewhere superKey
      D | guestLink support supportElsewhere thing`,
  },
  'staff.create': { of: 'staff-account', rows: overseers },
  'staff.update': { of: 'staff-account', rows: overseers },
  'staff.setProjects': { of: 'staff-account', rows: overseers },
  'staff.disable': { of: 'staff-account', rows: overseers },
  'staff.enable': { of: 'staff-account', rows: overseers },
  'staff.endSessions': { of: 'staff-account', rows: overseers },
  'staff.renewSetUp': { of: 'staff-account', rows: overseers },
  'staff.audit': {
    of: 'nothing',
    rows: `
      U | anonymous
      A | support supportElsewhere admin adminOfAll
      D | ${people} device ${projectKeys} keyElsewhere orgKey orgKeyElsewhere service serviceElsewhere superKey guestLink thing`,
  },
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
  'auth.sms': { of: 'nothing', rows: anybody },
  'auth.startEmailVerification': { of: 'nothing', rows: anybody },
  'auth.verifyEmail': { of: 'nothing', rows: anybody },
  'auth.startPasswordReset': { of: 'nothing', rows: anybody },
  'auth.resetPassword': { of: 'nothing', rows: anybody },
  'auth.activate': { of: 'nothing', rows: anybody },
  'auth.startPasskey': { of: 'nothing', rows: anybody },
  'passkeys.list': { of: 'user', rows: accountsBy(`DDDD | ${projectKeys} keyElsewhere`) },
  'passkeys.start': { of: 'user', rows: accountsBy(`DDDD | ${projectKeys} keyElsewhere`) },
  'passkeys.add': { of: 'user', rows: accountsBy(`DDDD | ${projectKeys} keyElsewhere`) },
  'passkeys.rename': { of: 'user', rows: accountsBy(`DDDD | ${projectKeys} keyElsewhere`) },
  'passkeys.remove': { of: 'user', rows: accountsBy(`DDDD | ${projectKeys} keyElsewhere`) },
  'auth.signUp': { of: 'nothing', rows: anybody },
  'auth.sendMail': { of: 'nothing', rows: anybody },
  'auth.seeInvitation': { of: 'nothing', rows: anybody },
  'users.changePassword': { of: 'user', rows: accountsBy(`DDDD | ${projectKeys} keyElsewhere`) },
  'userSession.list': { of: 'user', rows: accountsBy(`DDDD | ${projectKeys} keyElsewhere`) },
  'userSession.endOthers': { of: 'user', rows: accountsBy(`DDDD | ${projectKeys} keyElsewhere`) },
  'userSession.endOne': { of: 'user', rows: accountsBy(`DDDD | ${projectKeys} keyElsewhere`) },
  'members.list': { of: 'home', rows: readersOf('DDDDD') },
  'members.get': { of: 'home', rows: readersOf('DDDDD') },
  'members.add': { of: 'home', rows: memberManagers },
  'members.remove': { of: 'home', rows: memberManagers },
  'members.change': { of: 'home', rows: ownersOfMembers },
  'members.details': { of: 'home', rows: membersThemselves },
  'members.resend': { of: 'home', rows: memberManagers },
  'members.readdress': { of: 'home', rows: ownersOfMembers },
  'auth.user': { of: 'project', rows: accounts },
  'auth.get': { of: 'nothing', rows: `A | anonymous ${everyone}` },
  'auth.token': {
    of: 'nothing',
    rows: `
      U | anonymous
      A | ${people} orgKey orgKeyElsewhere
      D | device ${projectKeys} keyElsewhere service serviceElsewhere superKey ${strangers}`,
  },
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
  'homes.create': { of: 'nothing', rows: anyPerson },
  'locks.list': {
    of: 'nothing',
    rows: `
      U | anonymous
      A | ${people} ${projectKeys} keyElsewhere orgKey orgKeyElsewhere service serviceElsewhere superKey
      D | device ${strangers}`,
  },
  'staff.fleet': { of: 'nothing', rows: staffThemselves },
  'staff.search': { of: 'nothing', rows: staffThemselves },
  'staff.views': { of: 'nothing', rows: staffThemselves },
  'staff.saveView': { of: 'nothing', rows: staffThemselves },
  'staff.removeView': { of: 'nothing', rows: staffThemselves },
  'staff.home': { of: 'home', rows: staffAtHome },
  'staff.timeline': { of: 'home', rows: staffAtHome },
  'staff.user': { of: 'user', rows: staffAtAccount },
  'staff.resendVerification': { of: 'user', rows: staffAtAccount },
  'staff.endUserSessions': { of: 'user', rows: staffAtAccount },
  'staff.unlockAccount': { of: 'user', rows: staffAtAccount },
  'staff.resendInvitation': { of: 'home', rows: staffAtHome },
  'staff.deactivateHome': { of: 'home', rows: staffAtHome },
  'staff.reactivateHome': { of: 'home', rows: staffAtHome },
  'staff.suspendHub': { of: 'home', rows: staffAtHome },
  'staff.resumeHub': { of: 'home', rows: staffAtHome },
  'staff.testReach': { of: 'home', rows: staffAtHome },
  'staff.replayDelivery': { of: 'home', rows: staffAtHome },
  'staff.releaseDevice': { of: 'home', rows: staffAtHome },
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
  'homes.locks': {
    of: 'home',
    rows: `
      UUUUU | anonymous
      AADNN | owner member
      DDANN | ownerOfB
      DDDNN | homeless guest removed
      NNNDN | userElsewhere
      DDDDD | device ${projectKeys} keyElsewhere orgKey orgKeyElsewhere service serviceElsewhere superKey ${strangers}`,
  },
  'homes.update': { of: 'home', rows: writersOf('keyAdmin') },
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
      AADNN | owner member
      DDANN | ownerOfB
      DDDNN | guest homeless removed
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
  'locks.activity': {
    of: 'home',
    rows: `
      UUUUU | anonymous
      AADNN | owner member
      DDDNN | guest homeless removed
      DDANN | ownerOfB
      NNNDN | userElsewhere
      DDDDD | device ${projectKeys} keyElsewhere orgKey orgKeyElsewhere service serviceElsewhere superKey ${strangers}`,
  },
  'homes.activity': {
    of: 'home',
    rows: `
      UUUUU | anonymous
      AAMNN | owner member guest
      MMANN | ownerOfB
      MMMNN | homeless removed
      NNNMN | userElsewhere
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
  'locks.whoCanOpen': {
    of: 'home',
    rows: `
      UUUUU | anonymous
      AADNN | owner member
      DDANN | ownerOfB
      DDDNN | guest homeless removed
      NNNDN | userElsewhere
      DDDDD | device ${projectKeys} keyElsewhere orgKey orgKeyElsewhere service serviceElsewhere superKey ${strangers}`,
  },
  'locks.startPasskey': {
    of: 'home',
    rows: `
      UUUUU | anonymous
      AADNN | owner
      ADDNN | member
      DDDNN | guest homeless removed
      DDANN | ownerOfB
      NNNDN | userElsewhere
      DDDDD | device ${projectKeys} keyElsewhere orgKey orgKeyElsewhere service serviceElsewhere superKey ${strangers}`,
  },
  'locks.openWithPin': { of: 'nothing', rows: anybody },
  'locks.createTempKey': { of: 'home', rows: ownersAtDoor('ADDNN', keysInUse) },
  'locks.updateTempKey': { of: 'home', rows: ownersAtDoor('ADDNN', keysInUse) },
  'locks.deleteTempKey': { of: 'home', rows: ownersAtDoor('AADNN', keysAlways) },
  'locks.tempKeys': { of: 'home', rows: ownersAtDoor('AADNN', keysAlways) },
  'locks.useTempKey': {
    of: 'home',
    rows: `
      UUUUU | anonymous
      AAAAN | superKey
      DDDDD | ${people} device ${projectKeys} keyElsewhere orgKey orgKeyElsewhere service serviceElsewhere ${strangers}`,
  },
  'pins.list': { of: 'home', rows: ownersAtDoor('AADNN', keysAlways) },
  'pins.add': { of: 'home', rows: ownersAtDoor('ADDNN', keysInUse) },
  'pins.change': { of: 'home', rows: ownersAtDoor('ADDNN', keysInUse) },
  'pins.remove': { of: 'home', rows: ownersAtDoor('AADNN', keysAlways) },
  'tempKeys.create': { of: 'home', rows: ownersAtDoor('ADDNN', keysInUse) },
  'tempKeys.revoke': { of: 'home', rows: ownersAtDoor('AADNN', keysAlways) },
  'tempKeys.list': {
    of: 'nothing',
    rows: `
      U | anonymous
      A | ${people} orgKey orgKeyElsewhere service serviceElsewhere superKey
      D | device ${projectKeys} keyElsewhere ${strangers}`,
  },
  'homes.views': { of: 'home', rows: ownersAtDoor('AADNN', noKeys) },
  'homes.answerView': { of: 'home', rows: ownersAtDoor('AADNN', noKeys) },
  'homes.endView': { of: 'home', rows: ownersAtDoor('AADNN', noKeys) },
  'staff.askView': { of: 'home', rows: staffOfHome },
  'staff.listViews': { of: 'home', rows: staffOfHome },
  'staff.endView': { of: 'home', rows: staffOfHome },
  'grants.list': { of: 'home', rows: ownersAtDoor('AADNN', noKeys) },
  'locks.shadow': { of: 'home', rows: ownersAtDoor('AADNN', noKeys) },
  'hubs.shadow': { of: 'home', rows: ownersAtDoor('AADNN', noKeys) },
  'grants.create': { of: 'home', rows: ownersAtDoor('ADDNN', noKeys) },
  'grants.update': { of: 'home', rows: ownersAtDoor('ADDNN', noKeys) },
  'grants.delete': { of: 'home', rows: ownersAtDoor('AADNN', noKeys) },
  'locks.basicInfo': { of: 'home', rows: lockReaders },
  'locks.events': { of: 'home', rows: lockReaders },
  ...lockVerdicts({ people, projectKeys, strangers, lockReaders }),
  'homeValues.list': { of: 'home', rows: readersOf('DDDDD') },
  'homeValues.get': { of: 'home', rows: readersOf('DDDDD') },
  'homeValues.put': { of: 'home', rows: writersOf('keyKv') },
  'homeValues.delete': { of: 'home', rows: writersOf('keyKv') },
  'devices.provision': { of: 'home', rows: writersOf('keyAdmin') },
  'devices.register': { of: 'device', rows: deviceItself },
  'devices.add': {
    of: 'addition',
    rows: `
      DDDDDA | anonymous
      ADMNNA | owner member
      DDMNNA | guest
      MMANNA | ownerOfB
      MMMNNA | homeless removed
      NNNMNA | userElsewhere
      DDDDDD | device ${projectKeys} keyElsewhere orgKey orgKeyElsewhere service serviceElsewhere superKey ${strangers}`,
  },
  'devices.list': { of: 'home', rows: readersOf('DDDDD') },
  'devices.get': { of: 'device', rows: readersOf('AADNN') },
  'devices.update': { of: 'device', rows: writersOf('keyAdmin') },
  'devices.delete': {
    of: 'device',
    rows: `
      UUUUU | anonymous
      ADMNN | owner member
      DDMNN | guest
      MMANN | ownerOfB
      MMMNN | homeless removed
      NNNMN | userElsewhere
      DDDDD | device ${projectKeys} keyElsewhere orgKey orgKeyElsewhere service serviceElsewhere superKey ${strangers}`,
  },
  'devices.command': { of: 'device', rows: writersOf('keyCommands') },
  'devices.shadow': {
    of: 'device',
    rows: `
      UUUUU | anonymous
      ADMNN | owner member
      DDMNN | guest
      MMANN | ownerOfB
      MMMNN | homeless removed
      NNNMN | userElsewhere
      DDDDD | device ${projectKeys} keyElsewhere orgKey orgKeyElsewhere service serviceElsewhere superKey ${strangers}`,
  },
  'deviceValues.list': { of: 'device', rows: readersOf('AADNN') },
  'deviceValues.get': { of: 'device', rows: readersOf('AADNN') },
  'deviceValues.put': { of: 'device', rows: writersOf('keyKv', 'AADNN') },
  'deviceValues.delete': { of: 'device', rows: writersOf('keyKv', 'AADNN') },
  'devices.listen': { of: 'device', rows: deviceItself },
  'devices.event': { of: 'device', rows: deviceItself },
  'devices.events': { of: 'device', rows: readersOf('DDDDD') },
  'homes.events': { of: 'home', rows: readersOf('DDDDD') },
  'homes.event': {
    of: 'home',
    rows: `
      UUUUU | anonymous
      AAANN | keyEvents
      DDDNN | ${keysOf('keyEvents')}
      NNNAN | keyElsewhere
      DDDDD | ${people} device orgKey orgKeyElsewhere service serviceElsewhere superKey ${strangers}`,
  },
  'modules.list': { of: 'home', rows: readersOf('DDDDD') },
  'modules.get': { of: 'home', rows: readersOf('DDDDD') },
  'modules.command': { of: 'home', rows: writersOf('keyCommands') },
  'hubs.list': {
    of: 'nothing',
    rows: `
      U | anonymous
      A | ${people} orgKey orgKeyElsewhere service serviceElsewhere superKey
      D | device ${projectKeys} keyElsewhere ${strangers}`,
  },
  'hubs.start': { of: 'nothing', rows: anybody },
  'hubs.status': { of: 'home', rows: lockReaders },
  'hubs.provision': {
    of: 'hub',
    rows: `
      UUUU | anonymous
      ANAN | orgKey service
      NAAN | orgKeyElsewhere serviceElsewhere
      AAAA | superKey
      DDDD | ${people} device ${projectKeys} keyElsewhere ${strangers}`,
  },
  'hubs.claim': {
    of: 'hub',
    rows: `
      UUUU | anonymous
      ANNA | owner
      DNND | homeless member guest removed ownerOfB
      NDND | userElsewhere
      ANNA | orgKey service
      NANA | orgKeyElsewhere serviceElsewhere
      AANA | superKey
      DDDD | device ${projectKeys} keyElsewhere ${strangers}`,
  },
  'hubs.claimByCode': { of: 'home', rows: ownersAtDoor('ADDNN', noKeys) },
  'hubs.reClaim': { of: 'home', rows: hubKeepers },
  'hubs.setRole': { of: 'home', rows: hubKeepers },
  'hubs.suspend': { of: 'home', rows: hubKeepers },
  'hubs.resume': { of: 'home', rows: hubKeepers },
  'hubs.command': { of: 'home', rows: hubKeepers },
  'hubs.commission': { of: 'home', rows: hubUsers },
  'hubs.commissionings': { of: 'home', rows: hubReaders },
  'hubs.commissioning': { of: 'home', rows: hubReaders },
  'matterDevices.create': { of: 'home', rows: organisationAlone },
  'matterDevices.desired': { of: 'home', rows: hubUsers },
  'matterDevices.reported': { of: 'home', rows: organisationAlone },
  'matterDevices.setPin': { of: 'home', rows: ownersAtDoor('ADDNN', keysInUse) },
  'matterDevices.clearPin': { of: 'home', rows: ownersAtDoor('AADNN', keysAlways) },
  'things.getShadow': { of: 'thing', rows: shadowUsers(projectKeys, '') },
  'things.listShadows': { of: 'thing', rows: shadowUsers(projectKeys, '') },
  'things.updateShadow': { of: 'thing', rows: shadowUsers('keyCommands', keysOf('keyCommands')) },
  'things.deleteShadow': { of: 'thing', rows: shadowUsers('keyCommands', keysOf('keyCommands')) },
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
