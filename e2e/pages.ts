import type { Furnished } from './furnish';

export interface ShownPage {
  name: string;
  path: string;
  /** Looked at without a session. */
  isPublic?: boolean;
  /** First-load JavaScript, KiB gzip; 200 for a page of the dashboard. */
  budgetKiB?: number;
}

/** Every page there is, in a home that has something to show on each. */
export function allPages({
  homeId,
  lockId,
  keypadId,
  deviceId,
  hubId,
  projectId,
  guestToken,
  userId,
  setUpToken,
}: Furnished): ShownPage[] {
  const home = `/dashboard/homes/${homeId}`;
  const door = `/dashboard/locks/${lockId}`;
  return [
    { name: 'sign-in', path: '/sign-in', isPublic: true },
    { name: 'sign-up', path: '/sign-up', isPublic: true },
    { name: 'verify-email', path: '/verify-email?token=none', isPublic: true },
    { name: 'reset-password', path: '/reset-password', isPublic: true },
    { name: 'accept-invitation', path: '/accept-invitation?token=none', isPublic: true },
    { name: 'guest', path: `/k/${guestToken}`, isPublic: true, budgetKiB: 50 },
    { name: 'docs', path: '/docs', isPublic: true },
    { name: 'dashboard', path: '/dashboard' },
    { name: 'account', path: '/dashboard/account' },
    { name: 'passkeys', path: '/dashboard/account/passkeys' },
    { name: 'notifications', path: '/dashboard/notifications' },
    { name: 'homes', path: '/dashboard/homes' },
    { name: 'home', path: home },
    { name: 'home-members', path: `${home}/members` },
    { name: 'home-devices', path: `${home}/devices` },
    { name: 'device', path: `${home}/devices/${deviceId}` },
    { name: 'device-events', path: `${home}/devices/${deviceId}/events` },
    { name: 'device-charts', path: `${home}/devices/${deviceId}/charts` },
    { name: 'device-shadow', path: `${home}/devices/${deviceId}/shadow` },
    { name: 'device-data', path: `${home}/devices/${deviceId}/data` },
    { name: 'home-locks', path: `${home}/locks` },
    { name: 'home-hubs', path: `${home}/hubs` },
    { name: 'hub', path: `${home}/hubs/${hubId}` },
    { name: 'hub-shadow', path: `${home}/hubs/${hubId}/shadow` },
    { name: 'hub-pair', path: `${home}/hubs/${hubId}/pair` },
    { name: 'home-data', path: `${home}/kv` },
    { name: 'home-activity', path: `${home}/activity` },
    { name: 'home-settings', path: `${home}/settings` },
    { name: 'door', path: door, budgetKiB: 170 },
    { name: 'door-access', path: `${door}/access` },
    { name: 'door-links', path: `${door}/links` },
    { name: 'door-pins', path: `/dashboard/locks/${keypadId}/pins` },
    { name: 'door-activity', path: `${door}/activity` },
    { name: 'door-condition', path: `${door}/activity/condition` },
    { name: 'door-settings', path: `${door}/settings` },
    { name: 'door-shadow', path: `${door}/shadow` },
    { name: 'support-sign-in', path: '/support/sign-in', isPublic: true },
    { name: 'support-set-up', path: `/support/set-up?token=${setUpToken}`, isPublic: true },
    { name: 'support-set-up-dead', path: '/support/set-up?token=none', isPublic: true },
    { name: 'support', path: '/support' },
    { name: 'support-search', path: '/support?q=door' },
    { name: 'support-home', path: `/support/homes/${homeId}` },
    { name: 'support-user', path: `/support/users/${userId}` },
    { name: 'support-fleet', path: '/support/fleet' },
    { name: 'support-audit', path: '/support/audit' },
    { name: 'support-staff', path: '/support/staff' },
    { name: 'support-projects', path: '/support/projects' },
    { name: 'support-project', path: `/support/projects/${projectId}` },
    { name: 'support-messages', path: `/support/projects/${projectId}/messages` },
    { name: 'support-account', path: '/support/account' },
    { name: 'support-labels', path: `/support/projects/${projectId}/labels?from=1&to=1000000` },
    { name: 'dev-messages', path: '/dev/messages', isPublic: true },
    { name: 'dev-pairing', path: '/dev/pairing', isPublic: true },
    { name: 'gallery', path: '/dev/gallery', isPublic: true },
    { name: 'missing', path: '/nowhere', isPublic: true },
    { name: 'missing-door', path: '/dashboard/locks/999999' },
    { name: 'missing-home', path: '/dashboard/homes/999999' },
  ];
}
