import { and, eq } from 'drizzle-orm';
import { deviceClasses, projects } from '@/drizzle/schema';
import type { Database } from '../../db/client';
import { invalidField } from '../../domain/errors';
import type { Deps } from '../deps';
import { requireQuota } from '../projects/require-quota';
import { hashClaimCode, makeClaimCode, sealClaimCode } from './claim-code';
import { insertDevices } from './insert-devices';

export interface CreatedDevice {
  id: number;
  tag?: string;
  /** Shown this once. */
  apiKey: string;
  claimCode: string;
}

const named = (tag: string | undefined) => (tag === undefined ? {} : { tag });

/** An operator makes pre-provisioned devices ahead of their sale (mode-api 3). Raises `invalid` by flag. */
export async function createDevices(
  { db, clock, secrets }: Pick<Deps, 'clock' | 'secrets'> & { db: Pick<Database, 'select' | 'transaction'> },
  wanted: {
    projectId: number;
    deviceClass: string;
    /** Of all of them. */
    tag?: string;
    /** Their tags are this, a dash and a number. */
    tagPrefix?: string | undefined;
    count: number;
  },
): Promise<CreatedDevice[]> {
  const { projectId, deviceClass, tag, tagPrefix } = wanted;
  const tagOf = (index: number) =>
    tagPrefix === undefined ? tag : `${tagPrefix}-${String(index + 1).padStart(4, '0')}`;
  const [found] = await db
    .select({ provisioning: projects.provisioning, classId: deviceClasses.classId })
    .from(projects)
    .leftJoin(
      deviceClasses,
      and(eq(deviceClasses.projectId, projects.id), eq(deviceClasses.classId, deviceClass)),
    )
    .where(eq(projects.id, projectId));
  if (found === undefined) throw invalidField('project', 'there is no such project');
  if (found.classId === null) throw invalidField('class', 'is no device class of this project');
  if (found.provisioning === 'on-demand')
    throw invalidField('project', 'makes its devices on demand; none are added by hand');
  const codes = Array.from({ length: wanted.count }, makeClaimCode);
  return db.transaction(async (tx) => {
    await requireQuota(tx, { projectId, adds: { maxDevices: wanted.count } });
    const made = await insertDevices(
      tx,
      codes.map((code, index) => ({
        projectId,
        deviceClass,
        ...named(tagOf(index)),
        claimHash: hashClaimCode(code),
        sealedClaimCode: sealClaimCode(secrets, code),
      })),
      clock.now(),
    );
    return made.map(({ row, apiKey }, index) => ({
      id: row.id,
      ...(tagPrefix === undefined ? {} : named(tagOf(index))),
      apiKey,
      claimCode: codes[index] as string,
    }));
  });
}
