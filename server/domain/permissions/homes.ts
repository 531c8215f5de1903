import type { OperationId } from '../../contracts/registry';
import { projectOf } from '../principal';
import {
  allow,
  anyMember,
  commanders,
  ender,
  hubReader,
  inProject,
  owned,
  permitted,
  type Row,
  type Rule,
  readers,
  self,
  valueWriters,
  writingMember,
} from './rules';

const owner = inProject((facts) => {
  if (facts.role === undefined) return 'members-only';
  return facts.role === 'owner' && facts.deactivated !== true ? 'allow' : 'deny';
});
const memberManager = inProject((facts) => {
  if (facts.role === undefined) return 'members-only';
  if (facts.role === 'guest' || facts.deactivated === true) return 'deny';
  return facts.onlyOwnersManageMembers === true && facts.role !== 'owner' ? 'deny' : 'allow';
});
/** Anybody may leave; others are taken out by those who manage members. */
const leaverOrManager: Rule = (facts, principal) =>
  facts.role !== undefined && self(facts, principal) === 'allow'
    ? inProject(allow)(facts, principal)
    : memberManager(facts, principal);

/** Homes, their members, smart modules and values. */
export const homesRows = {
  'homes.list': {
    user: self,
    projectKey: (facts, principal) =>
      facts.exists !== false && facts.projectId === projectOf(principal) ? 'allow' : 'deny',
  },
  'homes.create': { user: allow },
  'homes.get': { user: anyMember, projectKey: owned },
  'homes.update': { user: writingMember, projectKey: permitted('admin') },
  // As members are taken out: where the project keeps that to owners, this too (mode-api 5.2, 11).
  'homes.delete': { user: memberManager },
  'homes.locks': { user: hubReader },
  'homes.event': { projectKey: permitted('events') },
  'homes.events': readers,
  'homes.activity': { user: anyMember },
  'homes.views': { user: ender },
  'homes.answerView': { user: ender },
  'homes.endView': { user: ender },
  'members.list': readers,
  'members.add': { user: memberManager },
  'members.get': readers,
  'members.change': { user: owner },
  'members.remove': { user: leaverOrManager },
  'members.details': { user: anyMember },
  'members.resend': { user: memberManager },
  'members.readdress': { user: owner },
  'modules.list': readers,
  'modules.get': readers,
  'modules.command': commanders,
  'homeValues.list': readers,
  'homeValues.get': readers,
  'homeValues.put': valueWriters,
  'homeValues.delete': valueWriters,
} satisfies Partial<Record<OperationId, Row>>;
