import type { OperationId } from '../contracts/registry';

/**
 * What staff may do while they look through a person's eyes: read what the person's own pages read. Nothing that
 * writes, opens, listens to live events, or hands out a credential is here, and what is not here is refused.
 */
const viewable: ReadonlySet<OperationId> = new Set<OperationId>([
  'users.get',
  'userSession.list',
  'passkeys.list',
  'notifications.get',
  'homes.list',
  'homes.get',
  'homes.locks',
  'homes.events',
  'homes.activity',
  'homes.views',
  'members.list',
  'members.get',
  'members.details',
  'homeValues.list',
  'homeValues.get',
  'devices.list',
  'devices.get',
  'devices.events',
  'devices.shadow',
  'deviceValues.list',
  'deviceValues.get',
  'locks.list',
  'locks.get',
  'locks.openings',
  'locks.opening',
  'locks.activity',
  'locks.whoCanOpen',
  'locks.settings',
  'locks.latency',
  'locks.tempKeys',
  'locks.basicInfo',
  'locks.events',
  'locks.details',
  'locks.residents',
  'locks.state',
  'locks.shadow',
  'grants.list',
  'tempKeys.list',
  'hubs.list',
  'hubs.status',
  'hubs.commissionings',
  'hubs.commissioning',
  'modules.list',
  'modules.get',
]);

export const isViewable = (operation: OperationId): boolean => viewable.has(operation);
