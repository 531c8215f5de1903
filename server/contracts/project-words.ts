/** Words of project settings, for pages too: without the schemas that are made of them. */

/** What a project key may be given beyond reading. */
export const keyPermissions = ['commands', 'events', 'kv', 'byou', 'admin'] as const;

export const moduleTypes = ['webhooks'] as const;

/** Limits that a project may be given beside those of accounts and homes. Without one there is no limit. */
export const quotaNames = [
  'maxDevices',
  'maxLocks',
  'maxHubs',
  'maxDevicesPerHome',
  'maxLocksPerHome',
  'maxHubsPerHome',
  'maxMembersPerHome',
  'maxValueBytesPerHome',
  'maxModules',
  'maxLinksPerDoor',
  'maxMessagesPerDay',
] as const;
export type QuotaName = (typeof quotaNames)[number];
export type Quotas = Partial<Record<QuotaName, number>>;
