import { z } from 'zod';
import { operation } from './operation';
import { description, projectPath, word } from './project-fields';
import { absentable, id, idText, text } from './values';

/** Device classes of a project, and devices that are made ahead of their sale. */

export const projectClass = z.object({ id: z.string(), description: z.string() });

export const addDeviceClass = operation({
  summary: 'Add a device class to a project',
  method: 'POST',
  path: '/staff/projects/{projectId}/device-classes',
  dialect: 'cloud',
  params: projectPath,
  body: z.object({ id: word, description }),
  output: projectClass,
  status: 201,
  refusals: [400, 403, 404],
});

export const describeDeviceClass = operation({
  summary: 'Change what is said of a device class',
  method: 'PATCH',
  path: '/staff/projects/{projectId}/device-classes/{classId}',
  dialect: 'cloud',
  params: projectPath.extend({ classId: text(200) }),
  body: z.object({ description: z.union([text(1_000), z.literal('')]) }),
  status: 204,
  refusals: [400, 403, 404],
});

const tagPrefix = text(60).refine(
  (value) => /^[A-Za-z0-9][A-Za-z0-9 _./-]*$/.test(value),
  'must begin with a letter or digit and hold letters, digits, blanks, _ . / and - only',
);

/** Most devices that are made in one go. */
export const batchMost = 1_000;

export const makeDevices = operation({
  summary: 'Make devices of a class ahead of their sale; their keys are in this answer alone',
  method: 'POST',
  path: '/staff/projects/{projectId}/devices',
  dialect: 'cloud',
  params: projectPath,
  body: z.object({
    deviceClass: text(200),
    count: z.number().int().min(1).max(batchMost),
    /** Tags are this, a dash and a number. */
    tagPrefix: absentable(tagPrefix),
  }),
  output: z.object({
    items: z.array(z.object({ id, tag: z.string().optional(), claimCode: z.string(), apiKey: z.string() })),
  }),
  status: 201,
  refusals: [400, 403, 404],
});

export const listLabels = operation({
  summary: 'Claim codes of devices that nobody has claimed, to be printed; that they were read is recorded',
  method: 'GET',
  path: '/staff/projects/{projectId}/device-labels',
  dialect: 'cloud',
  params: projectPath,
  query: z.object({ from: idText, to: idText, deviceClass: text(200).optional() }),
  output: z.object({
    items: z.array(
      z.object({ id, deviceClass: z.string(), tag: z.string().optional(), claimCode: z.string() }),
    ),
  }),
  status: 200,
  refusals: [403, 404],
});
