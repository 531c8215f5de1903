import { activateUser } from '../../services/auth/activate-user';
import { authenticateUser } from '../../services/auth/authenticate-user';
import { getAuthentication } from '../../services/auth/get-authentication';
import { issueToken } from '../../services/auth/issue-token';
import { resetPassword } from '../../services/auth/reset-password';
import { seeInvitation } from '../../services/auth/see-invitation';
import { sendMail } from '../../services/auth/send-mail';
import { sendSmsCode } from '../../services/auth/send-sms-code';
import { signUp } from '../../services/auth/sign-up';
import { startEmailVerification } from '../../services/auth/start-email-verification';
import { startPasswordReset } from '../../services/auth/start-password-reset';
import { verifyEmail } from '../../services/auth/verify-email';
import { chooseNotifications } from '../../services/notifications/choose-notifications';
import { getNotifications } from '../../services/notifications/get-notifications';
import { subscribeToPush, unsubscribeFromPush } from '../../services/notifications/subscribe-to-push';
import { addPasskey } from '../../services/passkeys/add-passkey';
import { listPasskeys } from '../../services/passkeys/list-passkeys';
import { removePasskey } from '../../services/passkeys/remove-passkey';
import { renamePasskey } from '../../services/passkeys/rename-passkey';
import { startPasskey } from '../../services/passkeys/start-passkey';
import { startPasskeySignIn } from '../../services/passkeys/start-sign-in';
import { endOneSession } from '../../services/user-session/end-one-session';
import { endOtherSessions } from '../../services/user-session/end-other-sessions';
import { endSession } from '../../services/user-session/end-session';
import { getSession } from '../../services/user-session/get-session';
import { listSessions } from '../../services/user-session/list-sessions';
import { changePassword } from '../../services/users/change-password';
import { createUser } from '../../services/users/create-user';
import { deleteUser } from '../../services/users/delete-user';
import { getUser } from '../../services/users/get-user';
import { listUsers } from '../../services/users/list-users';
import { updateUser } from '../../services/users/update-user';
import { listMyViews } from '../../services/views/list-my-views';
import type { Handlers } from '../bind';
import { onlyUpgrades } from './only-upgrades';

/** Accounts, their sessions and passkeys, and what they are told. */
export const accountsHandlers = {
  'users.create': createUser,
  'users.list': listUsers,
  'users.get': getUser,
  'users.update': updateUser,
  'users.delete': deleteUser,
  'users.changePassword': changePassword,
  'auth.sms': sendSmsCode,
  'auth.startEmailVerification': startEmailVerification,
  'auth.verifyEmail': verifyEmail,
  'auth.startPasswordReset': startPasswordReset,
  'auth.resetPassword': resetPassword,
  'auth.activate': activateUser,
  'auth.startPasskey': startPasskeySignIn,
  'auth.signUp': signUp,
  'auth.sendMail': sendMail,
  'auth.seeInvitation': seeInvitation,
  'auth.get': getAuthentication,
  'auth.user': authenticateUser,
  'auth.token': issueToken,
  'passkeys.list': listPasskeys,
  'passkeys.start': startPasskey,
  'passkeys.add': addPasskey,
  'passkeys.rename': renamePasskey,
  'passkeys.remove': removePasskey,
  'userSession.list': listSessions,
  'userSession.endOthers': endOtherSessions,
  'userSession.endOne': endOneSession,
  'userSession.listen': onlyUpgrades,
  'userSession.views': listMyViews,
  'userSession.get': getSession,
  'userSession.end': endSession,
  'notifications.get': getNotifications,
  'notifications.choose': chooseNotifications,
  'notifications.subscribe': subscribeToPush,
  'notifications.unsubscribe': unsubscribeFromPush,
} satisfies Partial<Handlers>;
