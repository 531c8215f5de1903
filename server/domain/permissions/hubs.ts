import type { OperationId } from '../../contracts/registry';
import {
  allow,
  claimable,
  ender,
  existing,
  giver,
  hubReader,
  inProject,
  linkGivers,
  open,
  organisation,
  owned,
  type Row,
  type Rule,
} from './rules';

const hubOwner = inProject((facts) => (facts.role === 'owner' ? 'allow' : 'deny'));
const hubUser = inProject((facts) =>
  (facts.role === 'owner' || facts.role === 'member') && facts.deactivated !== true ? 'allow' : 'deny',
);
const hubKeepers: Row = { ...organisation, user: hubOwner };
const hubReaders: Row = { ...organisation, user: hubReader };
/** A hub that nobody has registered, or the caller's organisation has. */
const newOrOwned: Rule = (facts, principal) => (facts.exists === false ? 'allow' : owned(facts, principal));
const siteOwner: Rule = (facts) => (facts.role === 'owner' ? 'allow' : 'deny');

/** Hubs and the Matter devices behind them. */
export const hubsRows = {
  'hubs.list': { user: allow, orgKey: allow, service: allow, superKey: allow },
  'hubs.start': open,
  'hubs.status': { ...hubReaders, projectKey: owned },
  'hubs.shadow': { user: hubOwner },
  'hubs.provision': { orgKey: newOrOwned, service: newOrOwned, superKey: allow },
  'hubs.claim': {
    user: claimable(siteOwner),
    orgKey: claimable(allow),
    service: claimable(allow),
    superKey: existing,
  },
  'hubs.claimByCode': { user: giver },
  'hubs.reClaim': hubKeepers,
  'hubs.setRole': hubKeepers,
  'hubs.suspend': hubKeepers,
  'hubs.resume': hubKeepers,
  'hubs.command': hubKeepers,
  'hubs.commission': { ...organisation, user: hubUser },
  'hubs.commissionings': hubReaders,
  'hubs.commissioning': hubReaders,
  'matterDevices.create': organisation,
  'matterDevices.desired': { ...organisation, user: hubUser },
  'matterDevices.reported': organisation,
  'matterDevices.setPin': linkGivers,
  'matterDevices.clearPin': { ...organisation, user: ender },
} satisfies Partial<Record<OperationId, Row>>;
