import { anybody, type Expected, everyone, people, projectKeys } from './lines';

/** What staff may do in the projects they work for; what is elsewhere is not there. */
const staffOfHome = `
  UUUUU | anonymous
  AAANN | support admin
  NNNAN | supportElsewhere
  AAAAN | adminOfAll
  DDDDD | ${people} device ${projectKeys} keyElsewhere orgKey orgKeyElsewhere service serviceElsewhere superKey guestLink thing`;

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

/** Staff: the console, projects, and their own accounts. */
export const staffExpected = {
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
  'staff.askView': { of: 'home', rows: staffOfHome },
  'staff.listViews': { of: 'home', rows: staffOfHome },
  'staff.endView': { of: 'home', rows: staffOfHome },
} satisfies Record<string, Expected>;
