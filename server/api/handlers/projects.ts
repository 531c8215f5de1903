import { listTemplates } from '../../services/messages/list-templates';
import { previewMessage } from '../../services/messages/preview-message';
import { resetTemplate } from '../../services/messages/reset-template';
import { testMessage } from '../../services/messages/test-message';
import { writeTemplate } from '../../services/messages/write-template';
import { addApp } from '../../services/projects/add-app';
import { addDeviceClass } from '../../services/projects/add-class';
import { addIssuer } from '../../services/projects/add-issuer';
import { addProjectKey } from '../../services/projects/add-key';
import { addModule } from '../../services/projects/add-module';
import { addOrgKey } from '../../services/projects/add-org-key';
import { describeDeviceClass } from '../../services/projects/describe-class';
import { dropIssuer } from '../../services/projects/drop-issuer';
import { listDeliveries } from '../../services/projects/list-deliveries';
import { listLabels } from '../../services/projects/list-labels';
import { listProjects } from '../../services/projects/list-projects';
import { makeDevices } from '../../services/projects/make-devices';
import { removeApp } from '../../services/projects/remove-app';
import { replayModuleDelivery } from '../../services/projects/replay-delivery';
import { revokeProjectKey } from '../../services/projects/revoke-key';
import { revokeOrgKey } from '../../services/projects/revoke-org-key';
import { showProject } from '../../services/projects/show-project';
import { showQuotaUse } from '../../services/projects/show-quota-use';
import { switchModule } from '../../services/projects/switch-module';
import { testModule } from '../../services/projects/test-module';
import { updateProject } from '../../services/projects/update-project';
import type { Handlers } from '../bind';

/** What a project is made of, for its staff. */
export const projectsHandlers = {
  'projects.list': listProjects,
  'projects.get': showProject,
  'projects.quotaUse': showQuotaUse,
  'projects.update': updateProject,
  'projects.addApp': addApp,
  'projects.removeApp': removeApp,
  'projects.addClass': addDeviceClass,
  'projects.describeClass': describeDeviceClass,
  'projects.addKey': addProjectKey,
  'projects.revokeKey': revokeProjectKey,
  'projects.addOrgKey': addOrgKey,
  'projects.revokeOrgKey': revokeOrgKey,
  'projects.addModule': addModule,
  'projects.switchModule': switchModule,
  'projects.deliveries': listDeliveries,
  'projects.testModule': testModule,
  'projects.replayDelivery': replayModuleDelivery,
  'projects.makeDevices': makeDevices,
  'projects.labels': listLabels,
  'projects.addIssuer': addIssuer,
  'projects.removeIssuer': dropIssuer,
  'projects.messages': listTemplates,
  'projects.writeMessage': writeTemplate,
  'projects.resetMessage': resetTemplate,
  'projects.previewMessage': previewMessage,
  'projects.testMessage': testMessage,
} satisfies Partial<Handlers>;
