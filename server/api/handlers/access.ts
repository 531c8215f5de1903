import { whoCanOpen } from '../../services/access/who-can-open';
import { createGrant } from '../../services/grants/create-grant';
import { deleteGrant } from '../../services/grants/delete-grant';
import { listGrants } from '../../services/grants/list-grants';
import { updateGrant } from '../../services/grants/update-grant';
import { createLink } from '../../services/links/create-link';
import { createTempKey } from '../../services/links/create-temp-key';
import { deleteTempKey } from '../../services/links/delete-temp-key';
import { listLinks, listLockLinks } from '../../services/links/list-links';
import { openWithPin } from '../../services/links/open-with-pin';
import { revokeLink } from '../../services/links/revoke-link';
import { updateTempKey } from '../../services/links/update-temp-key';
import { useTempKey } from '../../services/links/use-temp-key';
import { addPin } from '../../services/lock-pins/add-pin';
import { changePin } from '../../services/lock-pins/change-pin';
import { listPins } from '../../services/lock-pins/list-pins';
import { removePin } from '../../services/lock-pins/remove-pin';
import type { Handlers } from '../bind';

/** Who may open a door: grants, guest links and codes. */
export const accessHandlers = {
  'locks.whoCanOpen': whoCanOpen,
  'locks.createTempKey': createTempKey,
  'locks.updateTempKey': updateTempKey,
  'locks.deleteTempKey': deleteTempKey,
  'locks.tempKeys': listLockLinks,
  'locks.useTempKey': useTempKey,
  'locks.openWithPin': openWithPin,
  'grants.list': listGrants,
  'grants.create': createGrant,
  'grants.update': updateGrant,
  'grants.delete': deleteGrant,
  'pins.list': listPins,
  'pins.add': addPin,
  'pins.change': changePin,
  'pins.remove': removePin,
  'tempKeys.create': createLink,
  'tempKeys.list': listLinks,
  'tempKeys.revoke': revokeLink,
} satisfies Partial<Handlers>;
