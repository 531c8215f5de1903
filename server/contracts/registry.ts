import * as auth from './auth';
import * as devices from './devices';
import * as homes from './homes';
import * as kv from './kv';
import * as locks from './locks';
import * as members from './members';
import * as modules from './modules';
import * as things from './things';
import * as users from './users';

/** Every operation there is. An operation missing here does not exist; one without a permission row does not compile. */
export const operations = {
  'users.create': users.createUser,
  'users.list': users.listUsers,
  'users.get': users.getUser,
  'users.update': users.updateUser,
  'users.delete': users.deleteUser,
  'auth.get': auth.getAuthentication,
  'auth.user': auth.authenticateUser,
  'auth.token': auth.issueToken,
  'auth.sms': auth.sendSmsCode,
  'auth.startEmailVerification': auth.startEmailVerification,
  'auth.verifyEmail': auth.verifyEmail,
  'auth.startPasswordReset': auth.startPasswordReset,
  'auth.resetPassword': auth.resetPassword,
  'auth.activate': auth.activateUser,
  'userSession.listen': auth.listenToEvents,
  'userSession.get': auth.getUserSession,
  'userSession.end': auth.endUserSession,
  'homes.list': homes.listHomes,
  'homes.create': homes.createHome,
  'homes.get': homes.getHome,
  'homes.update': homes.updateHome,
  'homes.delete': homes.deleteHome,
  'homes.event': devices.sendHomeEvent,
  'homes.events': devices.listHomeEvents,
  'members.list': members.listMembers,
  'members.add': members.addMember,
  'members.get': members.getMember,
  'members.change': members.changeMember,
  'members.remove': members.removeMember,
  'modules.list': modules.listModules,
  'modules.get': modules.getModule,
  'modules.command': modules.commandModule,
  'homeValues.list': kv.listHomeValues,
  'homeValues.get': kv.getHomeValue,
  'homeValues.put': kv.putHomeValue,
  'homeValues.delete': kv.deleteHomeValue,
  'devices.provision': devices.startProvisioning,
  'devices.register': devices.registerDevice,
  'devices.add': devices.addDevice,
  'devices.list': devices.listDevices,
  'devices.get': devices.getDevice,
  'devices.update': devices.updateDevice,
  'devices.delete': devices.deleteDevice,
  'devices.command': devices.commandDevice,
  'devices.listen': devices.listenToCommands,
  'devices.event': devices.sendDeviceEvent,
  'devices.events': devices.listDeviceEvents,
  'deviceValues.list': kv.listDeviceValues,
  'deviceValues.get': kv.getDeviceValue,
  'deviceValues.put': kv.putDeviceValue,
  'deviceValues.delete': kv.deleteDeviceValue,
  'locks.list': locks.listDoors,
  'locks.get': locks.getDoor,
  'locks.openings': locks.listOpenings,
  'locks.open': locks.openLock,
  'locks.basicInfo': locks.getLockBasicInfo,
  'locks.events': locks.listLockEvents,
  'things.getShadow': things.getThingShadow,
  'things.updateShadow': things.updateThingShadow,
  'things.deleteShadow': things.deleteThingShadow,
  'things.listShadows': things.listNamedShadows,
} as const;

export type Operations = typeof operations;
export type OperationId = keyof Operations;
