/** Words of the support console, for pages too: without the schemas that are made of them. */

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
  'member',
  'home',
  'access',
  'pairing',
  'message',
  'webhook',
  'staff',
] as const;
