/** What an event of an aggregate is called in the audit, and which of its fields are kept there. */
interface Kept {
  action: string;
  /** Never a key, a PIN, a token or a code; free text neither. */
  fields: readonly string[];
}

const lock = (action: string, ...fields: string[]): Kept => ({ action: `lock.${action}`, fields });
const lockKey = (action: string): Kept => ({
  action: `lock-key.${action}`,
  fields: ['keyIndexNumber', 'userId'],
});
const linkTerms = ['lockId', 'accessMode', 'validFrom', 'validUntil', 'maxUses', 'usedCount'];
const link = (action: string): Kept => ({ action: `link.${action}`, fields: linkTerms });
const hub = (action: string, ...fields: string[]): Kept => ({
  action: `hub.${action}`,
  fields: ['userId', ...fields],
});
const matter = (action: string): Kept => ({
  action: `matter-device.${action}`,
  fields: ['thingName', 'hubId', 'deviceType'],
});

const kept: Readonly<Record<string, Kept>> = {
  LockOpenRequested: { action: 'opening.request', fields: ['requestId'] },
  LockCreated: lock('create', 'name', 'serialNumber', 'vendorName', 'homeId', 'ownerId'),
  OwnerSet: lock('set-owner', 'userId'),
  OrganizationSet: lock('set-organization', 'orgId'),
  LockUuidChanged: lock('change-uuid', 'uuid', 'newUuid'),
  ResidentAdded: lock('add-resident', 'userId'),
  ResidentRemoved: lock('remove-resident', 'userId'),
  LockAssigned: lock('assign', 'homeId'),
  LockRenamed: lock('rename', 'name'),
  GestureSet: lock('set-gesture', 'gesture'),
  NightGestureSet: lock('set-night-gesture', 'night'),
  RemoteGestureSet: lock('set-remote-gesture', 'gesture'),
  LockRemoved: lock('remove'),
  KeyAdded: lockKey('add'),
  KeyRemoved: lockKey('remove'),
  KeyWriteRequested: lockKey('write'),
  TempKeyCreated: link('create'),
  TempKeyUpdated: link('change'),
  TempKeyUsed: link('use'),
  TempKeyDeleted: link('revoke'),
  HubProvisioned: hub('provision', 'serial', 'model', 'thingName'),
  HubClaimed: hub('claim', 'siteId'),
  HubReClaimed: hub('re-claim', 'newSiteId'),
  HubRoleSet: hub('set-role', 'isPrimary'),
  HubSuspended: hub('suspend'),
  HubResumed: hub('resume'),
  HubDecommissioned: hub('decommission'),
  MatterDeviceCreated: matter('create'),
  DesiredShadowUpdated: matter('set-desired'),
  ReportedShadowUpdated: matter('set-reported'),
};

/** Events of what a deed of the same call has told already, with whoever did it: they make no line. */
export const toldByDeeds: readonly string[] = ['MatterPinSet', 'MatterPinCleared'];

export interface EventOfAggregate {
  aggregateType: string;
  aggregateId: string;
  version: number;
  type: string;
  data: Readonly<Record<string, unknown>>;
}

/** Where a line comes from that was taken from an event; one event makes one line. */
export const sourceOfEvent = ({
  aggregateType,
  aggregateId,
  version,
}: Pick<EventOfAggregate, 'aggregateType' | 'aggregateId' | 'version'>): string =>
  `event:${aggregateType}:${aggregateId}:${version}`;

const hyphenated = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9-]/g, '');

/** What the audit says of an event. A type that is not known here is kept by its name, without any of its data. */
export function lineOfEvent(event: EventOfAggregate): {
  action: string;
  subject: { kind: string; id: string };
  reason?: string;
  data: Record<string, unknown>;
  source: string;
} {
  const { aggregateType, aggregateId, type, data } = event;
  const { action, fields } = Object.hasOwn(kept, type)
    ? (kept[type] as Kept)
    : { action: `${aggregateType}.${hyphenated(type)}`, fields: [] };
  const linkId = data.tempKeyUuid;
  const reason = data.reason;
  return {
    action,
    subject:
      typeof linkId === 'string' ? { kind: 'link', id: linkId } : { kind: aggregateType, id: aggregateId },
    ...(typeof reason === 'string' ? { reason } : {}),
    data: Object.fromEntries(
      fields.filter((name) => data[name] !== undefined).map((name) => [name, data[name]]),
    ),
    source: sourceOfEvent(event),
  };
}
