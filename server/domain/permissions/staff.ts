import type { OperationId } from '../../contracts/registry';
import { administrator, overseer, supporter } from '../staff-access';
import { open, type Row } from './rules';

/** Everybody of the staff, for what is their own. */
const anyStaff: Row = { staff: () => 'allow' };
/** Those of the object's project. */
const supporters: Row = { staff: supporter };
/** What a project is changed by its administrators. */
const administrators: Row = { staff: administrator };
/** Staff accounts are the business of administrators. */
const overseers: Row = { staff: overseer };

/** Staff: the console, projects, and their own accounts. */
export const staffRows = {
  'staff.askView': supporters,
  'staff.listViews': supporters,
  'staff.endView': supporters,
  'staff.fleet': anyStaff,
  'staff.search': anyStaff,
  'staff.views': anyStaff,
  'staff.saveView': anyStaff,
  'staff.removeView': anyStaff,
  'staff.home': supporters,
  'staff.timeline': supporters,
  'staff.user': supporters,
  'staff.resendVerification': supporters,
  'staff.endUserSessions': supporters,
  'staff.unlockAccount': supporters,
  'staff.resendInvitation': supporters,
  'staff.deactivateHome': supporters,
  'staff.reactivateHome': supporters,
  'staff.suspendHub': supporters,
  'staff.resumeHub': supporters,
  'staff.testReach': supporters,
  'staff.replayDelivery': supporters,
  'staff.releaseDevice': supporters,
  'projects.list': anyStaff,
  'projects.get': supporters,
  'projects.quotaUse': supporters,
  'projects.update': administrators,
  'projects.addApp': administrators,
  'projects.removeApp': administrators,
  'projects.addClass': administrators,
  'projects.describeClass': administrators,
  'projects.addKey': administrators,
  'projects.revokeKey': administrators,
  'projects.addOrgKey': administrators,
  'projects.revokeOrgKey': administrators,
  'projects.addModule': administrators,
  'projects.switchModule': administrators,
  'projects.deliveries': supporters,
  'projects.testModule': administrators,
  'projects.replayDelivery': administrators,
  'projects.makeDevices': administrators,
  'projects.labels': administrators,
  'projects.addIssuer': administrators,
  'projects.removeIssuer': administrators,
  'projects.messages': supporters,
  'projects.writeMessage': administrators,
  'projects.resetMessage': administrators,
  'projects.previewMessage': administrators,
  'projects.testMessage': administrators,
  'staff.signIn': open,
  'staff.getSession': open,
  'staff.startFactor': open,
  'staff.proveFactor': open,
  'staff.startPasskeyFactor': open,
  'staff.provePasskey': open,
  'staff.signOut': open,
  'staff.setUp': open,
  'staff.accounts': {
    staff: (_facts, principal) =>
      principal.kind === 'staff' && principal.role === 'admin' ? 'allow' : 'deny',
  },
  'staff.ownAccount': anyStaff,
  'staff.changePassword': anyStaff,
  'staff.startAuthenticator': anyStaff,
  'staff.proveAuthenticator': anyStaff,
  'staff.endOtherSessions': anyStaff,
  'staff.startPasskey': anyStaff,
  'staff.addPasskey': anyStaff,
  'staff.removePasskey': anyStaff,
  'staff.create': overseers,
  'staff.update': overseers,
  'staff.setProjects': overseers,
  'staff.disable': overseers,
  'staff.enable': overseers,
  'staff.endSessions': overseers,
  'staff.renewSetUp': overseers,
  // Their projects alone: the service leaves all others out.
  'staff.audit': anyStaff,
} satisfies Partial<Record<OperationId, Row>>;
