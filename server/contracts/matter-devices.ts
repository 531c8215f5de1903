import { z } from 'zod';
import { commandEnvelope } from './envelope';
import { operation } from './operation';
import { pinDigits } from './pins';
import { absentable, emptyIsAbsent, text } from './values';

const devicePath = z.object({ id: text(200) });
const state = z.record(z.string(), z.unknown());

export const createMatterDevice = operation({
  summary: 'Register a Matter device behind a hub',
  method: 'POST',
  path: '/matter-devices/{id}/CreateMatterDevice',
  dialect: 'lock',
  params: devicePath,
  body: z.object({
    deviceId: text(200),
    thingName: text(128),
    hubId: text(200),
    deviceType: emptyIsAbsent(text(60)),
  }),
  output: commandEnvelope,
  status: 201,
  repeatStatus: 200,
  refusals: [400, 403, 404],
});

export const updateDesiredShadow = operation({
  summary: 'Say how a Matter device should be; this never opens a door',
  method: 'POST',
  path: '/matter-devices/{id}/UpdateDesiredShadow',
  dialect: 'lock',
  params: devicePath,
  body: z.object({ desired: state }),
  output: commandEnvelope,
  status: 200,
  refusals: [400, 403, 404, 502],
});

export const updateReportedShadow = operation({
  summary: 'Say how a Matter device is, on its behalf',
  method: 'POST',
  path: '/matter-devices/{id}/UpdateReportedShadow',
  dialect: 'lock',
  params: devicePath,
  body: z.object({ reported: state }),
  output: commandEnvelope,
  status: 200,
  refusals: [400, 403, 404, 502],
});

/** Index of a user or a credential in a lock, as Matter counts. */
const index = z.number().int().min(1).max(65_533);

export const setMatterPin = operation({
  summary: 'Set a PIN code at a lock behind a hub',
  method: 'POST',
  path: '/matter-devices/{id}/SetMatterPin',
  dialect: 'lock',
  params: devicePath,
  body: z.object({ pinCode: pinDigits, userIndex: absentable(index), credentialIndex: absentable(index) }),
  examples: { body: { pinCode: '493027' } },
  output: commandEnvelope,
  status: 200,
  refusals: [400, 403, 404, 409, 429, 502],
});

export const clearMatterPin = operation({
  summary: 'Take a PIN code from a lock behind a hub',
  method: 'POST',
  path: '/matter-devices/{id}/ClearMatterPin',
  dialect: 'lock',
  params: devicePath,
  body: z.object({ credentialIndex: index, userIndex: absentable(index) }),
  output: commandEnvelope,
  status: 200,
  refusals: [400, 403, 404, 409, 502],
});
