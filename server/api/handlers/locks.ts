import { listLockActivity } from '../../services/activity/list-lock-activity';
import { addKey } from '../../services/lock-keys/add-key';
import { bulkAddKeys } from '../../services/lock-keys/bulk-add-keys';
import { removeKey } from '../../services/lock-keys/remove-key';
import { writeKey } from '../../services/lock-keys/write-key';
import { addFavourite } from '../../services/locks/add-favourite';
import { addResident } from '../../services/locks/add-resident';
import { assignHome } from '../../services/locks/assign-home';
import { changeUuid } from '../../services/locks/change-uuid';
import { enrolLock } from '../../services/locks/enrol-lock';
import { getBasicInfo } from '../../services/locks/get-basic-info';
import { getLockCondition } from '../../services/locks/get-condition';
import { getDetails } from '../../services/locks/get-details';
import { getDoor } from '../../services/locks/get-door';
import { getDoorLatency } from '../../services/locks/get-door-latency';
import { getDoorSettings } from '../../services/locks/get-door-settings';
import { getOpening } from '../../services/locks/get-opening';
import { getLockShadow } from '../../services/locks/get-shadow';
import { getState } from '../../services/locks/get-state';
import { listEvents } from '../../services/locks/list-events';
import { listHistory } from '../../services/locks/list-history';
import { listLocks } from '../../services/locks/list-locks';
import { listOpenings } from '../../services/locks/list-openings';
import { listResidents } from '../../services/locks/list-residents';
import { openLock } from '../../services/locks/open-lock';
import { removeFavourite } from '../../services/locks/remove-favourite';
import { removeLock } from '../../services/locks/remove-lock';
import { removeResident } from '../../services/locks/remove-resident';
import { setOrganization } from '../../services/locks/set-organization';
import { setOwner } from '../../services/locks/set-owner';
import { updateLock } from '../../services/locks/update-lock';
import { startPasskeyOpening } from '../../services/passkeys/start-opening';
import type { Handlers } from '../bind';

/** Doors: opening them, what is told of them, and what they are. */
export const locksHandlers = {
  'locks.list': listLocks,
  'locks.get': (deps, caller, { params }) => getDoor(deps, caller, params),
  'locks.openings': (deps, { principal }, { params, query }) =>
    listOpenings(deps, principal, { ...params, ...query }),
  'locks.activity': listLockActivity,
  'locks.open': openLock,
  'locks.startPasskey': startPasskeyOpening,
  'locks.basicInfo': getBasicInfo,
  'locks.events': listEvents,
  'locks.details': getDetails,
  'locks.residents': listResidents,
  'locks.state': getState,
  'locks.opening': getOpening,
  'locks.create': enrolLock,
  'locks.setOwner': setOwner,
  'locks.setOrganization': setOrganization,
  'locks.changeUuid': changeUuid,
  'locks.addKey': addKey,
  'locks.removeKey': removeKey,
  'locks.bulkAddKeys': bulkAddKeys,
  'locks.writeKey': writeKey,
  'locks.addResident': addResident,
  'locks.removeResident': removeResident,
  'locks.assignHome': assignHome,
  'locks.update': updateLock,
  'locks.remove': removeLock,
  'locks.settings': getDoorSettings,
  'locks.latency': getDoorLatency,
  'locks.history': listHistory,
  'locks.condition': getLockCondition,
  'locks.favourite': addFavourite,
  'locks.unfavourite': removeFavourite,
  'locks.shadow': getLockShadow,
} satisfies Partial<Handlers>;
