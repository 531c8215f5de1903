import { getCommissioning } from '../../services/commissionings/get-commissioning';
import { listCommissionings } from '../../services/commissionings/list-commissionings';
import { claimHub } from '../../services/hubs/claim-hub';
import { claimHubByCode } from '../../services/hubs/claim-hub-by-code';
import { commissionDevice } from '../../services/hubs/commission-device';
import { getHubShadow } from '../../services/hubs/get-shadow';
import { getStatus } from '../../services/hubs/get-status';
import { listHubs } from '../../services/hubs/list-hubs';
import { provisionHub } from '../../services/hubs/provision-hub';
import { reClaimHub } from '../../services/hubs/re-claim-hub';
import { resumeHub } from '../../services/hubs/resume-hub';
import { sendHubCommand } from '../../services/hubs/send-hub-command';
import { setHubRole } from '../../services/hubs/set-hub-role';
import { startHub } from '../../services/hubs/start-hub';
import { suspendHub } from '../../services/hubs/suspend-hub';
import { clearMatterPin } from '../../services/matter-devices/clear-matter-pin';
import { createMatterDevice } from '../../services/matter-devices/create-matter-device';
import { setMatterPin } from '../../services/matter-devices/set-matter-pin';
import { updateDesiredShadow } from '../../services/matter-devices/update-desired-shadow';
import { updateReportedShadow } from '../../services/matter-devices/update-reported-shadow';
import type { Handlers } from '../bind';

/** Hubs and the Matter devices behind them. */
export const hubsHandlers = {
  'hubs.list': listHubs,
  'hubs.start': startHub,
  'hubs.status': getStatus,
  'hubs.shadow': getHubShadow,
  'hubs.provision': provisionHub,
  'hubs.claim': claimHub,
  'hubs.claimByCode': claimHubByCode,
  'hubs.reClaim': reClaimHub,
  'hubs.setRole': setHubRole,
  'hubs.suspend': suspendHub,
  'hubs.resume': resumeHub,
  'hubs.command': sendHubCommand,
  'hubs.commission': commissionDevice,
  'hubs.commissionings': listCommissionings,
  'hubs.commissioning': getCommissioning,
  'matterDevices.create': createMatterDevice,
  'matterDevices.desired': updateDesiredShadow,
  'matterDevices.reported': updateReportedShadow,
  'matterDevices.setPin': setMatterPin,
  'matterDevices.clearPin': clearMatterPin,
} satisfies Partial<Handlers>;
