import type { OperationId } from '../../contracts/registry';
import { allow, ender, existing, giver, linkGivers, open, owned, type Row, sees } from './rules';

/** Who may open a door: grants, guest links and codes. */
export const accessRows = {
  'locks.whoCanOpen': { user: sees },
  'locks.openWithPin': open,
  'locks.tempKeys': { ...linkGivers, user: ender, orgKey: owned, service: owned },
  'locks.createTempKey': linkGivers,
  'locks.updateTempKey': linkGivers,
  'locks.deleteTempKey': { ...linkGivers, user: ender, orgKey: owned, service: owned },
  'locks.useTempKey': { superKey: existing },
  'grants.list': { user: ender },
  'grants.create': { user: giver },
  'grants.update': { user: giver },
  'grants.delete': { user: ender },
  'pins.list': { ...linkGivers, user: ender, orgKey: owned, service: owned },
  'pins.add': linkGivers,
  'pins.change': linkGivers,
  'pins.remove': { ...linkGivers, user: ender, orgKey: owned, service: owned },
  'tempKeys.create': linkGivers,
  'tempKeys.list': { user: allow, orgKey: allow, service: allow, superKey: allow },
  'tempKeys.revoke': { ...linkGivers, user: ender, orgKey: owned, service: owned },
} satisfies Partial<Record<OperationId, Row>>;
