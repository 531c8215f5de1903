/** Words of the support console, for pages too: without the schemas that are made of them. */

/** Characters that a reason of staff has at least. */
export const reasonLeast = 3;
export const reasonMost = 500;

/** Minutes that a look may last. */
export const viewMinutesLeast = 5;
export const viewMinutesMost = 60;

export const searchKinds = ['user', 'home', 'device', 'lock', 'hub', 'key'] as const;

export const searchStates = [
  'verified',
  'unverified',
  'active',
  'deactivated',
  'connected',
  'away',
  'unknown',
  'suspended',
  'decommissioned',
  'revoked',
  'expired',
] as const;

export const lineKinds = [
  'event',
  'command',
  'presence',
  'door',
  'hub',
  'opening',
  'refusal',
  'operation',
  'member',
  'home',
  'access',
  'pairing',
  'message',
  'webhook',
  'staff',
] as const;
