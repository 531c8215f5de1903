import type { OperationId } from '../../contracts/registry';
import { decideAccess } from '../access/decide-access';
import {
  allow,
  claimable,
  ender,
  existing,
  giver,
  inProject,
  organisation,
  owned,
  type Row,
  type Rule,
  sees,
} from './rules';

/** Who may open, by the one decision that also says why (lock-api 3, model 2). */
const mayOpen: Rule = (facts, principal) => (decideAccess(principal.kind, facts).allowed ? 'allow' : 'deny');
const opener = inProject(mayOpen);
/** Owners and members: guests are not told what others do at a door. */
const resident = inProject((facts) => (facts.role === 'owner' || facts.role === 'member' ? 'allow' : 'deny'));
const lockReaders: Row = {
  user: sees,
  projectKey: owned,
  orgKey: owned,
  service: owned,
  superKey: existing,
};
const lockManagers: Row = { user: giver, ...organisation };

/** Doors: opening them, what is told of them, and what they are. */
export const locksRows = {
  'locks.list': { user: allow, projectKey: allow, orgKey: allow, service: allow, superKey: allow },
  'locks.get': { user: sees },
  'locks.openings': { user: resident },
  'locks.activity': { user: sees },
  'locks.open': {
    user: opener,
    orgKey: opener,
    service: opener,
    superKey: existing,
    guestLink: (facts, principal) => (facts.exists === false ? 'deny' : mayOpen(facts, principal)),
  },
  'locks.startPasskey': { user: opener },
  'locks.settings': { user: resident },
  'locks.latency': { user: resident },
  'locks.history': { user: resident },
  'locks.condition': { user: resident },
  'locks.favourite': { user: sees },
  'locks.unfavourite': { user: sees },
  'locks.basicInfo': lockReaders,
  'locks.events': lockReaders,
  'locks.details': lockReaders,
  'locks.residents': lockReaders,
  'locks.state': lockReaders,
  'locks.opening': { user: sees, ...organisation },
  'locks.create': { orgKey: allow, service: allow, superKey: allow },
  'locks.setOwner': organisation,
  'locks.setOrganization': { orgKey: claimable(allow), service: claimable(allow), superKey: existing },
  'locks.changeUuid': { superKey: existing },
  'locks.addKey': lockManagers,
  'locks.removeKey': lockManagers,
  'locks.bulkAddKeys': lockManagers,
  'locks.writeKey': lockManagers,
  'locks.addResident': lockManagers,
  'locks.removeResident': lockManagers,
  'locks.assignHome': organisation,
  'locks.update': { user: giver },
  'locks.remove': lockManagers,
  'locks.shadow': { user: ender },
} satisfies Partial<Record<OperationId, Row>>;
