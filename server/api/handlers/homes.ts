import { listHomeActivity } from '../../services/activity/list-home-activity';
import { listHomeEvents } from '../../services/events/list-home-events';
import { sendHomeEvent } from '../../services/events/send-home-event';
import { createHome } from '../../services/homes/create-home';
import { deleteHome } from '../../services/homes/delete-home';
import { getHome } from '../../services/homes/get-home';
import { listHomes } from '../../services/homes/list-homes';
import { updateHome } from '../../services/homes/update-home';
import { deleteHomeValue } from '../../services/kv/delete-home-value';
import { getHomeValue } from '../../services/kv/get-home-value';
import { listHomeValues } from '../../services/kv/list-home-values';
import { putHomeValue } from '../../services/kv/put-home-value';
import { listHomeLocks } from '../../services/locks/list-home-locks';
import { changeMember } from '../../services/members/change-member';
import { getMember } from '../../services/members/get-member';
import { inviteMember } from '../../services/members/invite-member';
import { leaveHome } from '../../services/members/leave-home';
import { listMembers } from '../../services/members/list-members';
import { listMemberships } from '../../services/members/list-memberships';
import { readdressInvitation } from '../../services/members/readdress-invitation';
import { resendInvitation } from '../../services/members/resend-invitation';
import { commandModule } from '../../services/modules/command-module';
import { getModule } from '../../services/modules/get-module';
import { listModules } from '../../services/modules/list-modules';
import { answerView } from '../../services/views/answer-view';
import { endView } from '../../services/views/end-view';
import { listViews as listHomeViews } from '../../services/views/list-views';
import type { Handlers } from '../bind';

/** Homes, their members, smart modules and values. */
export const homesHandlers = {
  'homes.event': sendHomeEvent,
  'homes.events': listHomeEvents,
  'homes.activity': listHomeActivity,
  'homes.views': listHomeViews,
  'homes.answerView': answerView,
  'homes.endView': endView,
  'homes.list': listHomes,
  'homes.locks': listHomeLocks,
  'homes.create': createHome,
  'homes.get': getHome,
  'homes.update': updateHome,
  'homes.delete': deleteHome,
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
} satisfies Partial<Handlers>;
