import { Failure } from '../domain/errors';
import { whoCanOpen } from '../services/access/who-can-open';
import { listHomeActivity } from '../services/activity/list-home-activity';
import { listLockActivity } from '../services/activity/list-lock-activity';
import { listEntries } from '../services/audit/list-entries';
import { activateUser } from '../services/auth/activate-user';
import { authenticateUser } from '../services/auth/authenticate-user';
import { getAuthentication } from '../services/auth/get-authentication';
import { issueToken } from '../services/auth/issue-token';
import { resetPassword } from '../services/auth/reset-password';
import { seeInvitation } from '../services/auth/see-invitation';
import { sendMail } from '../services/auth/send-mail';
import { sendSmsCode } from '../services/auth/send-sms-code';
import { signUp } from '../services/auth/sign-up';
import { startEmailVerification } from '../services/auth/start-email-verification';
import { startPasswordReset } from '../services/auth/start-password-reset';
import { verifyEmail } from '../services/auth/verify-email';
import { getCommissioning } from '../services/commissionings/get-commissioning';
import { listCommissionings } from '../services/commissionings/list-commissionings';
import { endUserSessions } from '../services/console/end-user-sessions';
import { readTimeline } from '../services/console/read-timeline';
import { releaseDevice } from '../services/console/release-device';
import { replayDelivery } from '../services/console/replay-delivery';
import { resendHomeInvitation } from '../services/console/resend-home-invitation';
import { resendVerification } from '../services/console/resend-verification';
import { searchEverything } from '../services/console/search';
import { showSupportedHome } from '../services/console/show-home';
import { showSupportedUser } from '../services/console/show-user';
import { deactivateHome, reactivateHome } from '../services/console/switch-home';
import { resumeHomeHub, suspendHomeHub } from '../services/console/switch-hub';
import { testReach } from '../services/console/test-reach';
import { unlockAccount } from '../services/console/unlock-account';
import { listViews, removeView, saveView } from '../services/console/views';
import { addDevice } from '../services/devices/add-device';
import { commandDevice } from '../services/devices/command-device';
import { deleteDevice } from '../services/devices/delete-device';
import { getDevice } from '../services/devices/get-device';
import { getDeviceShadow } from '../services/devices/get-shadow';
import { listDevices } from '../services/devices/list-devices';
import { registerDevice } from '../services/devices/register-device';
import { startProvisioning } from '../services/devices/start-provisioning';
import { updateDevice } from '../services/devices/update-device';
import { listDeviceEvents } from '../services/events/list-device-events';
import { listHomeEvents } from '../services/events/list-home-events';
import { sendDeviceEvent } from '../services/events/send-device-event';
import { sendHomeEvent } from '../services/events/send-home-event';
import { showFleet } from '../services/fleet/show-fleet';
import { createGrant } from '../services/grants/create-grant';
import { deleteGrant } from '../services/grants/delete-grant';
import { listGrants } from '../services/grants/list-grants';
import { updateGrant } from '../services/grants/update-grant';
import { createHome } from '../services/homes/create-home';
import { deleteHome } from '../services/homes/delete-home';
import { getHome } from '../services/homes/get-home';
import { listHomes } from '../services/homes/list-homes';
import { updateHome } from '../services/homes/update-home';
import { claimHub } from '../services/hubs/claim-hub';
import { claimHubByCode } from '../services/hubs/claim-hub-by-code';
import { commissionDevice } from '../services/hubs/commission-device';
import { getHubShadow } from '../services/hubs/get-shadow';
import { getStatus } from '../services/hubs/get-status';
import { listHubs } from '../services/hubs/list-hubs';
import { provisionHub } from '../services/hubs/provision-hub';
import { reClaimHub } from '../services/hubs/re-claim-hub';
import { resumeHub } from '../services/hubs/resume-hub';
import { sendHubCommand } from '../services/hubs/send-hub-command';
import { setHubRole } from '../services/hubs/set-hub-role';
import { startHub } from '../services/hubs/start-hub';
import { suspendHub } from '../services/hubs/suspend-hub';
import { deleteDeviceValue } from '../services/kv/delete-device-value';
import { deleteHomeValue } from '../services/kv/delete-home-value';
import { getDeviceValue } from '../services/kv/get-device-value';
import { getHomeValue } from '../services/kv/get-home-value';
import { listDeviceValues } from '../services/kv/list-device-values';
import { listHomeValues } from '../services/kv/list-home-values';
import { putDeviceValue } from '../services/kv/put-device-value';
import { putHomeValue } from '../services/kv/put-home-value';
import { createLink } from '../services/links/create-link';
import { createTempKey } from '../services/links/create-temp-key';
import { deleteTempKey } from '../services/links/delete-temp-key';
import { listLinks, listLockLinks } from '../services/links/list-links';
import { openWithPin } from '../services/links/open-with-pin';
import { revokeLink } from '../services/links/revoke-link';
import { updateTempKey } from '../services/links/update-temp-key';
import { useTempKey } from '../services/links/use-temp-key';
import { addKey } from '../services/lock-keys/add-key';
import { bulkAddKeys } from '../services/lock-keys/bulk-add-keys';
import { removeKey } from '../services/lock-keys/remove-key';
import { writeKey } from '../services/lock-keys/write-key';
import { addPin } from '../services/lock-pins/add-pin';
import { changePin } from '../services/lock-pins/change-pin';
import { listPins } from '../services/lock-pins/list-pins';
import { removePin } from '../services/lock-pins/remove-pin';
import { addFavourite } from '../services/locks/add-favourite';
import { addResident } from '../services/locks/add-resident';
import { assignHome } from '../services/locks/assign-home';
import { changeUuid } from '../services/locks/change-uuid';
import { enrolLock } from '../services/locks/enrol-lock';
import { getBasicInfo } from '../services/locks/get-basic-info';
import { getLockCondition } from '../services/locks/get-condition';
import { getDetails } from '../services/locks/get-details';
import { getDoor } from '../services/locks/get-door';
import { getDoorLatency } from '../services/locks/get-door-latency';
import { getDoorSettings } from '../services/locks/get-door-settings';
import { getOpening } from '../services/locks/get-opening';
import { getLockShadow } from '../services/locks/get-shadow';
import { getState } from '../services/locks/get-state';
import { listEvents } from '../services/locks/list-events';
import { listHistory } from '../services/locks/list-history';
import { listHomeLocks } from '../services/locks/list-home-locks';
import { listLocks } from '../services/locks/list-locks';
import { listOpenings } from '../services/locks/list-openings';
import { listResidents } from '../services/locks/list-residents';
import { openLock } from '../services/locks/open-lock';
import { removeFavourite } from '../services/locks/remove-favourite';
import { removeLock } from '../services/locks/remove-lock';
import { removeResident } from '../services/locks/remove-resident';
import { setOrganization } from '../services/locks/set-organization';
import { setOwner } from '../services/locks/set-owner';
import { updateLock } from '../services/locks/update-lock';
import { clearMatterPin } from '../services/matter-devices/clear-matter-pin';
import { createMatterDevice } from '../services/matter-devices/create-matter-device';
import { setMatterPin } from '../services/matter-devices/set-matter-pin';
import { updateDesiredShadow } from '../services/matter-devices/update-desired-shadow';
import { updateReportedShadow } from '../services/matter-devices/update-reported-shadow';
import { changeMember } from '../services/members/change-member';
import { getMember } from '../services/members/get-member';
import { inviteMember } from '../services/members/invite-member';
import { leaveHome } from '../services/members/leave-home';
import { listMembers } from '../services/members/list-members';
import { listMemberships } from '../services/members/list-memberships';
import { readdressInvitation } from '../services/members/readdress-invitation';
import { resendInvitation } from '../services/members/resend-invitation';
import { listTemplates } from '../services/messages/list-templates';
import { previewMessage } from '../services/messages/preview-message';
import { resetTemplate } from '../services/messages/reset-template';
import { testMessage } from '../services/messages/test-message';
import { writeTemplate } from '../services/messages/write-template';
import { commandModule } from '../services/modules/command-module';
import { getModule } from '../services/modules/get-module';
import { listModules } from '../services/modules/list-modules';
import { chooseNotifications } from '../services/notifications/choose-notifications';
import { getNotifications } from '../services/notifications/get-notifications';
import { subscribeToPush, unsubscribeFromPush } from '../services/notifications/subscribe-to-push';
import { addPasskey } from '../services/passkeys/add-passkey';
import { listPasskeys } from '../services/passkeys/list-passkeys';
import { removePasskey } from '../services/passkeys/remove-passkey';
import { renamePasskey } from '../services/passkeys/rename-passkey';
import { startPasskeyOpening } from '../services/passkeys/start-opening';
import { startPasskey } from '../services/passkeys/start-passkey';
import { startPasskeySignIn } from '../services/passkeys/start-sign-in';
import { addApp } from '../services/projects/add-app';
import { addDeviceClass } from '../services/projects/add-class';
import { addIssuer } from '../services/projects/add-issuer';
import { addProjectKey } from '../services/projects/add-key';
import { addModule } from '../services/projects/add-module';
import { addOrgKey } from '../services/projects/add-org-key';
import { describeDeviceClass } from '../services/projects/describe-class';
import { dropIssuer } from '../services/projects/drop-issuer';
import { listDeliveries } from '../services/projects/list-deliveries';
import { listLabels } from '../services/projects/list-labels';
import { listProjects } from '../services/projects/list-projects';
import { makeDevices } from '../services/projects/make-devices';
import { removeApp } from '../services/projects/remove-app';
import { replayModuleDelivery } from '../services/projects/replay-delivery';
import { revokeProjectKey } from '../services/projects/revoke-key';
import { revokeOrgKey } from '../services/projects/revoke-org-key';
import { showProject } from '../services/projects/show-project';
import { showQuotaUse } from '../services/projects/show-quota-use';
import { switchModule } from '../services/projects/switch-module';
import { testModule } from '../services/projects/test-module';
import { updateProject } from '../services/projects/update-project';
import { addOwnPasskey } from '../services/staff/add-own-passkey';
import { changeOwnPassword } from '../services/staff/change-own-password';
import { createAccount } from '../services/staff/create-account';
import { disableAccount } from '../services/staff/disable-account';
import { enableAccount } from '../services/staff/enable-account';
import { endAccountSessions } from '../services/staff/end-account-sessions';
import { endOwnSessions } from '../services/staff/end-own-sessions';
import { getStaffSession } from '../services/staff/get-session';
import { listAccounts } from '../services/staff/list-accounts';
import { proveFactor } from '../services/staff/prove-factor';
import { proveOwnAuthenticator } from '../services/staff/prove-own-authenticator';
import { provePasskeyFactor } from '../services/staff/prove-passkey-factor';
import { removeOwnPasskey } from '../services/staff/remove-own-passkey';
import { renewSetUp } from '../services/staff/renew-set-up';
import { setProjects } from '../services/staff/set-projects';
import { setUp } from '../services/staff/set-up';
import { showOwnAccount } from '../services/staff/show-own-account';
import { signInStaff } from '../services/staff/sign-in';
import { signOutStaff } from '../services/staff/sign-out';
import { startFactor } from '../services/staff/start-factor';
import { startOwnAuthenticator } from '../services/staff/start-own-authenticator';
import { startOwnPasskey } from '../services/staff/start-own-passkey';
import { startPasskeyFactor } from '../services/staff/start-passkey-factor';
import { updateAccount } from '../services/staff/update-account';
import { deleteThingShadow } from '../services/things/delete-thing-shadow';
import { getThingShadow } from '../services/things/get-thing-shadow';
import { listNamedShadows } from '../services/things/list-named-shadows';
import { updateThingShadow } from '../services/things/update-thing-shadow';
import { endOneSession } from '../services/user-session/end-one-session';
import { endOtherSessions } from '../services/user-session/end-other-sessions';
import { endSession } from '../services/user-session/end-session';
import { getSession } from '../services/user-session/get-session';
import { listSessions } from '../services/user-session/list-sessions';
import { changePassword } from '../services/users/change-password';
import { createUser } from '../services/users/create-user';
import { deleteUser } from '../services/users/delete-user';
import { getUser } from '../services/users/get-user';
import { listUsers } from '../services/users/list-users';
import { updateUser } from '../services/users/update-user';
import { answerView } from '../services/views/answer-view';
import { askView } from '../services/views/ask-view';
import { endOwnView, endView } from '../services/views/end-view';
import { listMyViews } from '../services/views/list-my-views';
import { listViews as listHomeViews, listViewsForStaff } from '../services/views/list-views';
import type { Handlers } from './bind';

/** A WebSocket endpoint that was asked without an upgrade (mode-api 6.1). */
async function onlyUpgrades(): Promise<undefined> {
  throw new Failure('unparsable', {
    reason: 'INVALID_PARAMETER',
    issues: [{ field: 'Upgrade', message: 'this address is a WebSocket' }],
  });
}

/** Each operation's service. */
export const handlers: Handlers = {
  'users.create': createUser,
  'users.list': listUsers,
  'users.get': getUser,
  'users.update': updateUser,
  'users.delete': deleteUser,
  'auth.sms': sendSmsCode,
  'auth.startEmailVerification': startEmailVerification,
  'auth.verifyEmail': verifyEmail,
  'auth.startPasswordReset': startPasswordReset,
  'auth.resetPassword': resetPassword,
  'auth.activate': activateUser,
  'auth.startPasskey': startPasskeySignIn,
  'passkeys.list': listPasskeys,
  'passkeys.start': startPasskey,
  'passkeys.add': addPasskey,
  'passkeys.rename': renamePasskey,
  'passkeys.remove': removePasskey,
  'auth.signUp': signUp,
  'auth.sendMail': sendMail,
  'auth.seeInvitation': seeInvitation,
  'users.changePassword': changePassword,
  'userSession.list': listSessions,
  'userSession.endOthers': endOtherSessions,
  'userSession.endOne': endOneSession,
  'userSession.listen': onlyUpgrades,
  'homes.event': sendHomeEvent,
  'homes.events': listHomeEvents,
  'homes.activity': listHomeActivity,
  'homes.views': listHomeViews,
  'userSession.views': listMyViews,
  'homes.answerView': answerView,
  'homes.endView': endView,
  'staff.askView': askView,
  'staff.listViews': listViewsForStaff,
  'staff.endView': endOwnView,
  'members.list': listMembers,
  'members.add': inviteMember,
  'members.get': getMember,
  'members.change': changeMember,
  'members.remove': leaveHome,
  'members.details': listMemberships,
  'members.resend': resendInvitation,
  'members.readdress': readdressInvitation,
  'modules.list': listModules,
  'modules.get': getModule,
  'modules.command': commandModule,
  'homeValues.list': listHomeValues,
  'homeValues.get': getHomeValue,
  'homeValues.put': putHomeValue,
  'homeValues.delete': deleteHomeValue,
  'devices.provision': startProvisioning,
  'devices.register': registerDevice,
  'devices.add': addDevice,
  'devices.list': listDevices,
  'devices.get': getDevice,
  'devices.update': updateDevice,
  'devices.delete': deleteDevice,
  'devices.command': commandDevice,
  'devices.listen': onlyUpgrades,
  'devices.event': sendDeviceEvent,
  'devices.events': listDeviceEvents,
  'deviceValues.list': listDeviceValues,
  'deviceValues.get': getDeviceValue,
  'deviceValues.put': putDeviceValue,
  'deviceValues.delete': deleteDeviceValue,
  'auth.get': getAuthentication,
  'auth.user': authenticateUser,
  'auth.token': issueToken,
  'userSession.get': getSession,
  'userSession.end': endSession,
  'homes.list': listHomes,
  'homes.locks': listHomeLocks,
  'homes.create': createHome,
  'homes.get': getHome,
  'homes.update': updateHome,
  'homes.delete': deleteHome,
  'locks.list': listLocks,
  'locks.get': (deps, caller, { params }) => getDoor(deps, caller, params),
  'locks.openings': (deps, { principal }, { params, query }) =>
    listOpenings(deps, principal, { ...params, ...query }),
  'notifications.get': getNotifications,
  'notifications.choose': chooseNotifications,
  'notifications.subscribe': subscribeToPush,
  'notifications.unsubscribe': unsubscribeFromPush,
  'locks.activity': listLockActivity,
  'staff.audit': listEntries,
  'locks.open': openLock,
  'locks.startPasskey': startPasskeyOpening,
  'locks.basicInfo': getBasicInfo,
  'locks.events': listEvents,
  'locks.details': getDetails,
  'locks.residents': listResidents,
  'locks.state': getState,
  'locks.opening': getOpening,
  'locks.create': enrolLock,
  'locks.setOwner': setOwner,
  'locks.setOrganization': setOrganization,
  'locks.changeUuid': changeUuid,
  'locks.addKey': addKey,
  'locks.removeKey': removeKey,
  'locks.bulkAddKeys': bulkAddKeys,
  'locks.writeKey': writeKey,
  'locks.addResident': addResident,
  'locks.removeResident': removeResident,
  'locks.assignHome': assignHome,
  'locks.update': updateLock,
  'locks.remove': removeLock,
  'locks.settings': getDoorSettings,
  'locks.latency': getDoorLatency,
  'locks.history': listHistory,
  'locks.condition': getLockCondition,
  'locks.favourite': addFavourite,
  'locks.unfavourite': removeFavourite,
  'locks.whoCanOpen': whoCanOpen,
  'grants.list': listGrants,
  'grants.create': createGrant,
  'grants.update': updateGrant,
  'grants.delete': deleteGrant,
  'locks.createTempKey': createTempKey,
  'locks.updateTempKey': updateTempKey,
  'locks.deleteTempKey': deleteTempKey,
  'pins.list': listPins,
  'pins.add': addPin,
  'pins.change': changePin,
  'pins.remove': removePin,
  'locks.tempKeys': listLockLinks,
  'locks.useTempKey': useTempKey,
  'locks.openWithPin': openWithPin,
  'tempKeys.create': createLink,
  'tempKeys.list': listLinks,
  'tempKeys.revoke': revokeLink,
  'staff.fleet': showFleet,
  'staff.search': searchEverything,
  'staff.views': listViews,
  'staff.saveView': saveView,
  'staff.removeView': removeView,
  'staff.home': showSupportedHome,
  'staff.timeline': readTimeline,
  'staff.user': showSupportedUser,
  'staff.resendVerification': resendVerification,
  'staff.endUserSessions': endUserSessions,
  'staff.unlockAccount': unlockAccount,
  'staff.resendInvitation': resendHomeInvitation,
  'staff.deactivateHome': deactivateHome,
  'staff.reactivateHome': reactivateHome,
  'staff.suspendHub': suspendHomeHub,
  'staff.resumeHub': resumeHomeHub,
  'staff.testReach': testReach,
  'staff.replayDelivery': replayDelivery,
  'staff.releaseDevice': releaseDevice,
  'hubs.list': listHubs,
  'hubs.start': startHub,
  'hubs.status': getStatus,
  'hubs.provision': provisionHub,
  'hubs.claim': claimHub,
  'hubs.claimByCode': claimHubByCode,
  'hubs.reClaim': reClaimHub,
  'hubs.setRole': setHubRole,
  'hubs.suspend': suspendHub,
  'hubs.resume': resumeHub,
  'hubs.command': sendHubCommand,
  'hubs.commission': commissionDevice,
  'hubs.commissionings': listCommissionings,
  'hubs.commissioning': getCommissioning,
  'matterDevices.create': createMatterDevice,
  'matterDevices.desired': updateDesiredShadow,
  'matterDevices.reported': updateReportedShadow,
  'matterDevices.setPin': setMatterPin,
  'matterDevices.clearPin': clearMatterPin,
  'things.getShadow': getThingShadow,
  'things.updateShadow': updateThingShadow,
  'things.deleteShadow': deleteThingShadow,
  'things.listShadows': listNamedShadows,
  'projects.list': listProjects,
  'projects.get': showProject,
  'projects.quotaUse': showQuotaUse,
  'projects.update': updateProject,
  'projects.addApp': addApp,
  'projects.removeApp': removeApp,
  'projects.addClass': addDeviceClass,
  'projects.describeClass': describeDeviceClass,
  'projects.addKey': addProjectKey,
  'projects.revokeKey': revokeProjectKey,
  'projects.addOrgKey': addOrgKey,
  'projects.revokeOrgKey': revokeOrgKey,
  'projects.addModule': addModule,
  'projects.switchModule': switchModule,
  'projects.deliveries': listDeliveries,
  'projects.testModule': testModule,
  'projects.replayDelivery': replayModuleDelivery,
  'projects.makeDevices': makeDevices,
  'projects.labels': listLabels,
  'projects.addIssuer': addIssuer,
  'projects.removeIssuer': dropIssuer,
  'projects.messages': listTemplates,
  'projects.writeMessage': writeTemplate,
  'projects.resetMessage': resetTemplate,
  'projects.previewMessage': previewMessage,
  'projects.testMessage': testMessage,
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
  'devices.shadow': getDeviceShadow,
  'locks.shadow': getLockShadow,
  'hubs.shadow': getHubShadow,
};
