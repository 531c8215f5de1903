import { listEntries } from '../../services/audit/list-entries';
import { endUserSessions } from '../../services/console/end-user-sessions';
import { readTimeline } from '../../services/console/read-timeline';
import { releaseDevice } from '../../services/console/release-device';
import { replayDelivery } from '../../services/console/replay-delivery';
import { resendHomeInvitation } from '../../services/console/resend-home-invitation';
import { resendVerification } from '../../services/console/resend-verification';
import { searchEverything } from '../../services/console/search';
import { showSupportedHome } from '../../services/console/show-home';
import { showSupportedUser } from '../../services/console/show-user';
import { deactivateHome, reactivateHome } from '../../services/console/switch-home';
import { resumeHomeHub, suspendHomeHub } from '../../services/console/switch-hub';
import { testReach } from '../../services/console/test-reach';
import { unlockAccount } from '../../services/console/unlock-account';
import { listViews, removeView, saveView } from '../../services/console/views';
import { showFleet } from '../../services/fleet/show-fleet';
import { askView } from '../../services/views/ask-view';
import { endOwnView } from '../../services/views/end-view';
import { listViewsForStaff } from '../../services/views/list-views';
import type { Handlers } from '../bind';

/** What support staff see and do. */
export const consoleHandlers = {
  'staff.askView': askView,
  'staff.listViews': listViewsForStaff,
  'staff.endView': endOwnView,
  'staff.audit': listEntries,
  'staff.fleet': showFleet,
  'staff.search': searchEverything,
  'staff.views': listViews,
  'staff.saveView': saveView,
  'staff.removeView': removeView,
  'staff.home': showSupportedHome,
  'staff.timeline': readTimeline,
  'staff.user': showSupportedUser,
  'staff.resendVerification': resendVerification,
  'staff.endUserSessions': endUserSessions,
  'staff.unlockAccount': unlockAccount,
  'staff.resendInvitation': resendHomeInvitation,
  'staff.deactivateHome': deactivateHome,
  'staff.reactivateHome': reactivateHome,
  'staff.suspendHub': suspendHomeHub,
  'staff.resumeHub': resumeHomeHub,
  'staff.testReach': testReach,
  'staff.replayDelivery': replayDelivery,
  'staff.releaseDevice': releaseDevice,
} satisfies Partial<Handlers>;
