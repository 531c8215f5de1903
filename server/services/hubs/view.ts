import type { commissionings } from '@/drizzle/schema';
import type { CommissioningView, HubView } from '../../contracts/hubs';
import { toTimestamp } from '../../contracts/values';
import type { HubState, HubStatus } from '../../domain/hub/aggregate';
import type { HubRow } from './load-hub';

export type CommissioningRow = typeof commissionings.$inferSelect;

const words = {
  provisioned: 'Provisioned',
  claimed: 'Claimed',
  suspended: 'Suspended',
  decommissioned: 'Decommissioned',
} as const;

/** A hub that stood in a home before hubs had a history is a claimed one. */
const statusOf = ({ status, homeId }: HubRow): HubStatus =>
  status === 'provisioned' && homeId !== null ? 'claimed' : status;

/** The state of the aggregate as its row holds it. */
export const toState = (hub: HubRow, orgId: string | null): HubState => ({
  version: hub.version,
  status: statusOf(hub),
  isPrimary: hub.isPrimary,
  ...(orgId === null ? {} : { orgId }),
  ...(hub.homeId === null ? {} : { siteId: String(hub.homeId) }),
});

/** A hub on the wire (lock-api 7, status). */
export function toHub(hub: HubRow, orgId: string | null, now: Date): HubView {
  const { version, startedAt } = hub.info ?? {};
  const startedMs = startedAt === undefined ? Number.NaN : Date.parse(startedAt);
  return {
    hubId: hub.id,
    serial: hub.serial,
    model: hub.model,
    thingName: hub.thingName,
    status: words[statusOf(hub)],
    orgId,
    siteId: hub.homeId === null ? null : String(hub.homeId),
    isPrimary: hub.isPrimary,
    ...(hub.status === 'suspended' && hub.suspendedReason !== null
      ? { suspendedReason: hub.suspendedReason }
      : {}),
    provisionedAt: hub.createdAt.getTime(),
    claimedAt: hub.claimedAt?.getTime() ?? null,
    ...(hub.reachable === null ? {} : { online: hub.reachable }),
    ...(hub.lastSeenAt === null ? {} : { lastSeen: hub.lastSeenAt.getTime() }),
    ...(version === undefined ? {} : { version }),
    ...(Number.isNaN(startedMs) || hub.reachable !== true
      ? {}
      : { uptimeSeconds: Math.max(0, Math.floor((now.getTime() - startedMs) / 1000)) }),
  };
}

const given = <Name extends string, Value>(name: Name, value: Value | null) =>
  (value === null ? {} : { [name]: value }) as { [Key in Name]?: Value };
const when = <Name extends string>(name: Name, date: Date | null) =>
  given(name, date === null ? null : toTimestamp(date));

/** An attempt to pair a device, as those who may see the hub see it. */
export const toCommissioning = (row: CommissioningRow): CommissioningView => ({
  id: row.id,
  hubId: row.hubId,
  status: row.status,
  codeKind: row.codeKind,
  ...given('vendorId', row.vendorId),
  ...given('productId', row.productId),
  who: { kind: row.principalKind, id: row.principalId, name: row.principalName },
  ...given('step', row.step),
  ...given('error', row.error),
  ...given('message', row.message),
  ...given('deviceId', row.deviceId),
  ...given('lockId', row.lockId),
  ...given('attestation', row.attestation),
  late: row.deviceId !== null && row.status !== 'succeeded',
  createdAt: toTimestamp(row.createdAt),
  ...when('sentAt', row.sentAt),
  ...when('acceptedAt', row.acceptedAt),
  ...when('outcomeAt', row.outcomeAt),
  expiresAt: toTimestamp(row.expiresAt),
});
