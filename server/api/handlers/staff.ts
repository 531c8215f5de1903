import { addOwnPasskey } from '../../services/staff/add-own-passkey';
import { changeOwnPassword } from '../../services/staff/change-own-password';
import { createAccount } from '../../services/staff/create-account';
import { disableAccount } from '../../services/staff/disable-account';
import { enableAccount } from '../../services/staff/enable-account';
import { endAccountSessions } from '../../services/staff/end-account-sessions';
import { endOwnSessions } from '../../services/staff/end-own-sessions';
import { getStaffSession } from '../../services/staff/get-session';
import { listAccounts } from '../../services/staff/list-accounts';
import { proveFactor } from '../../services/staff/prove-factor';
import { proveOwnAuthenticator } from '../../services/staff/prove-own-authenticator';
import { provePasskeyFactor } from '../../services/staff/prove-passkey-factor';
import { removeOwnPasskey } from '../../services/staff/remove-own-passkey';
import { renewSetUp } from '../../services/staff/renew-set-up';
import { setProjects } from '../../services/staff/set-projects';
import { setUp } from '../../services/staff/set-up';
import { showOwnAccount } from '../../services/staff/show-own-account';
import { signInStaff } from '../../services/staff/sign-in';
import { signOutStaff } from '../../services/staff/sign-out';
import { startFactor } from '../../services/staff/start-factor';
import { startOwnAuthenticator } from '../../services/staff/start-own-authenticator';
import { startOwnPasskey } from '../../services/staff/start-own-passkey';
import { startPasskeyFactor } from '../../services/staff/start-passkey-factor';
import { updateAccount } from '../../services/staff/update-account';
import type { Handlers } from '../bind';

/** Staff accounts and their sessions. */
export const staffHandlers = {
  'staff.signIn': signInStaff,
  'staff.getSession': getStaffSession,
  'staff.startFactor': startFactor,
  'staff.proveFactor': proveFactor,
  'staff.ownAccount': showOwnAccount,
  'staff.changePassword': changeOwnPassword,
  'staff.startAuthenticator': startOwnAuthenticator,
  'staff.proveAuthenticator': proveOwnAuthenticator,
  'staff.endOtherSessions': endOwnSessions,
  'staff.startPasskey': startOwnPasskey,
  'staff.addPasskey': addOwnPasskey,
  'staff.removePasskey': removeOwnPasskey,
  'staff.startPasskeyFactor': startPasskeyFactor,
  'staff.provePasskey': provePasskeyFactor,
  'staff.signOut': signOutStaff,
  'staff.setUp': setUp,
  'staff.accounts': listAccounts,
  'staff.create': createAccount,
  'staff.update': updateAccount,
  'staff.setProjects': setProjects,
  'staff.disable': disableAccount,
  'staff.enable': enableAccount,
  'staff.endSessions': endAccountSessions,
  'staff.renewSetUp': renewSetUp,
} satisfies Partial<Handlers>;
