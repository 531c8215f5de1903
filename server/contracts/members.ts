import { z } from 'zod';
import { operation } from './operation';
import { absentable, absentableId, id, idText, timestamp } from './values';

/** Home member as the wire shows it (mode-api 4); `accessRole` is ours and tells a guest apart (model 2). */
export const homeMember = z.object({
  userId: id,
  creationTime: timestamp,
  name: z.string().optional(),
  email: z.string().optional(),
  phoneNumber: z.string().optional(),
  verified: z.boolean(),
  role: z.enum(['owner', 'member']),
  accessRole: z.literal('guest').optional(),
});
export type HomeMember = z.infer<typeof homeMember>;

const homePath = z.object({ homeId: idText });
const memberPath = z.object({ homeId: idText, userId: idText });
export const memberRole = z.enum(['owner', 'member', 'guest']);

export const listMembers = operation({
  summary: 'Members of a home',
  method: 'GET',
  path: '/homes/{homeId}/members',
  dialect: 'cloud',
  params: homePath,
  output: z.array(homeMember),
  status: 200,
  refusals: [403],
});

export const addMember = operation({
  summary: 'Add or invite a member',
  method: 'POST',
  path: '/homes/{homeId}/members',
  dialect: 'cloud',
  bodyFormat: 'form',
  params: homePath,
  body: z.object({
    phoneNumber: absentable(z.string()),
    email: absentable(z.string()),
    userId: absentableId,
    role: absentable(memberRole),
  }),
  output: homeMember,
  status: 201,
  refusals: [400, 403, 429],
});

export const getMember = operation({
  summary: 'One member of a home',
  method: 'GET',
  path: '/homes/{homeId}/members/{userId}',
  dialect: 'cloud',
  params: memberPath,
  output: homeMember,
  status: 200,
  refusals: [403, 404],
});

export const changeMember = operation({
  summary: 'Change the role of a member',
  method: 'PATCH',
  path: '/homes/{homeId}/members/{userId}',
  dialect: 'cloud',
  params: memberPath,
  body: z.object({ role: memberRole }),
  status: 204,
  refusals: [400, 403, 404],
});

export const removeMember = operation({
  summary: 'Take a member out of a home, or leave it',
  method: 'DELETE',
  path: '/homes/{homeId}/members/{userId}',
  dialect: 'cloud',
  params: memberPath,
  status: 204,
  refusals: [403, 404],
});
