import { addDevice } from '../../services/devices/add-device';
import { commandDevice } from '../../services/devices/command-device';
import { deleteDevice } from '../../services/devices/delete-device';
import { getDevice } from '../../services/devices/get-device';
import { getDeviceShadow } from '../../services/devices/get-shadow';
import { listDevices } from '../../services/devices/list-devices';
import { registerDevice } from '../../services/devices/register-device';
import { startProvisioning } from '../../services/devices/start-provisioning';
import { updateDevice } from '../../services/devices/update-device';
import { listDeviceEvents } from '../../services/events/list-device-events';
import { sendDeviceEvent } from '../../services/events/send-device-event';
import { deleteDeviceValue } from '../../services/kv/delete-device-value';
import { getDeviceValue } from '../../services/kv/get-device-value';
import { listDeviceValues } from '../../services/kv/list-device-values';
import { putDeviceValue } from '../../services/kv/put-device-value';
import { deleteThingShadow } from '../../services/things/delete-thing-shadow';
import { getThingShadow } from '../../services/things/get-thing-shadow';
import { listNamedShadows } from '../../services/things/list-named-shadows';
import { updateThingShadow } from '../../services/things/update-thing-shadow';
import type { Handlers } from '../bind';
import { onlyUpgrades } from './only-upgrades';

/** Devices, their values, and the shadows of things. */
export const devicesHandlers = {
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
  'devices.shadow': getDeviceShadow,
  'deviceValues.list': listDeviceValues,
  'deviceValues.get': getDeviceValue,
  'deviceValues.put': putDeviceValue,
  'deviceValues.delete': deleteDeviceValue,
  'things.getShadow': getThingShadow,
  'things.updateShadow': updateThingShadow,
  'things.deleteShadow': deleteThingShadow,
  'things.listShadows': listNamedShadows,
} satisfies Partial<Handlers>;
