import { z } from 'zod';
import { grantView } from './access';
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

/** Whom to add, by what fits the accounts of the project, and as what. */
export const newMember = z.object({
  phoneNumber: absentable(z.string()),
  email: absentable(z.string()),
  userId: absentableId,
  role: absentable(memberRole),
});

export const addMember = operation({
  summary: 'Add or invite a member',
  method: 'POST',
  path: '/homes/{homeId}/members',
  dialect: 'cloud',
  bodyFormat: 'form',
  params: homePath,
  body: newMember,
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

/** How an invitation stands, until the person has an account of its own. */
export const invitationView = z.object({
  state: z.enum(['sent', 'seen', 'expired']),
  sentAt: timestamp,
  seenAt: timestamp.optional(),
  expiresAt: timestamp,
});

/** A place in a home as its pages show it: all three roles by name, the invitation, and what was given at doors (ours). */
export const membership = z.object({
  userId: id,
  name: z.string().optional(),
  email: z.string().optional(),
  phoneNumber: z.string().optional(),
  verified: z.boolean(),
  role: memberRole,
  since: timestamp,
  /** Absent once the person has accepted. */
  invitation: invitationView.optional(),
  /** Only owners are told what others may open; others see their own. */
  grants: z.array(grantView),
});
export type Membership = z.infer<typeof membership>;

export const listMemberships = operation({
  summary: 'Members of a home with their invitations and the doors they were given',
  method: 'GET',
  path: '/homes/{homeId}/memberships',
  dialect: 'cloud',
  params: homePath,
  output: z.array(membership),
  status: 200,
  refusals: [403, 404],
});

export const resendInvitation = operation({
  summary: 'Send an invitation once more; its life begins anew',
  method: 'POST',
  path: '/homes/{homeId}/members/{userId}/invitation',
  dialect: 'cloud',
  params: memberPath,
  status: 204,
  refusals: [400, 403, 404, 429],
});

/** Where an invitation is to go. */
export const newAddress = z.object({
  email: absentable(z.string()),
  phoneNumber: absentable(z.string()),
});

export const readdressInvitation = operation({
  summary: 'Send an invitation to another address; role and doors stay with it',
  method: 'PATCH',
  path: '/homes/{homeId}/members/{userId}/invitation',
  dialect: 'cloud',
  params: memberPath,
  body: newAddress,
  output: membership,
  status: 200,
  refusals: [400, 403, 404, 429],
});
