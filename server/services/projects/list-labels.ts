import { and, asc, between, eq, isNotNull, isNull } from 'drizzle-orm';
import { devices } from '@/drizzle/schema';
import type { InputOf, OutputOf } from '../../contracts/operation';
import { batchMost, type listLabels as operation } from '../../contracts/project-devices';
import type { Caller, Deps } from '../deps';
import { openClaimCode } from '../devices/claim-code';
import { changeProject } from './change-project';

/**
 * GET /staff/projects/{projectId}/device-labels: claim codes of devices in a range of ids that stand in no home, by id.
 * Whoever has a code can claim the device, so that they were read is recorded.
 */
export const listLabels = (
  deps: Pick<Deps, 'db' | 'clock' | 'secrets'>,
  caller: Caller,
  { params: { projectId }, query: { from, to, deviceClass } }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> =>
  changeProject(deps, 'projects.labels', caller, projectId, async ({ tx, record }) => {
    const rows = await tx
      .select()
      .from(devices)
      .where(
        and(
          eq(devices.projectId, projectId),
          between(devices.id, from, to),
          isNull(devices.homeId),
          isNotNull(devices.sealedClaimCode),
          deviceClass === undefined ? undefined : eq(devices.deviceClass, deviceClass),
        ),
      )
      .orderBy(asc(devices.id))
      .limit(batchMost);
    const items = rows.flatMap(({ id, tag, sealedClaimCode, ...row }) =>
      sealedClaimCode === null
        ? []
        : [
            {
              id,
              deviceClass: row.deviceClass,
              ...(tag === null ? {} : { tag }),
              claimCode: openClaimCode(deps.secrets, sealedClaimCode),
            },
          ],
    );
    const data = { from, to, deviceClass, count: items.length };
    if (items.length > 0) await record({ action: 'device.read-claim-codes', data });
    return { items };
  });
