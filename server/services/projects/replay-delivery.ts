import { and, eq } from 'drizzle-orm';
import { homes, webhookDeliveries } from '@/drizzle/schema';
import type { InputOf, OutputOf } from '../../contracts/operation';
import type { replayModuleDelivery as operation } from '../../contracts/project-modules';
import { requireStaffPrincipal } from '../console/load-supported';
import { recordHomeDeed } from '../console/record-support';
import type { Caller, Deps } from '../deps';
import { deliverAgain } from '../webhooks/deliver-again';
import { changeProject } from './change-project';

/**
 * POST /staff/projects/{projectId}/modules/{moduleId}/deliveries/{deliveryId}/replay: a new delivery. Where it is of a
 * home, its owners read who did it and why, as with everything staff do there. Raises `not_found`, `conflict`.
 */
export const replayModuleDelivery = (
  deps: Pick<Deps, 'db' | 'clock' | 'messaging' | 'secrets'>,
  caller: Caller,
  { params: { projectId, moduleId, deliveryId }, body: { reason } }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> =>
  changeProject(deps, 'projects.replayDelivery', caller, projectId, async ({ tx, at, record }) => {
    const ofModule = and(
      eq(webhookDeliveries.projectId, projectId),
      eq(webhookDeliveries.moduleId, moduleId),
    );
    const { id, homeId } = await deliverAgain(tx, deliveryId, ofModule, at);
    const deed = {
      action: 'webhook.replay',
      subject: { kind: 'delivery', id: String(deliveryId) },
      data: { again: id, module: moduleId },
      reason,
    };
    const [home] = homeId === null ? [] : await tx.select().from(homes).where(eq(homes.id, homeId));
    if (home === undefined) await record(deed);
    else {
      const staff = requireStaffPrincipal(caller.principal);
      await recordHomeDeed(deps, tx, { staff, address: caller.address }, home, deed);
    }
    return { id };
  });
