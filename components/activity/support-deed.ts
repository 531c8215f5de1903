const deeds = [
  'home.look',
  'home.deactivate',
  'home.reactivate',
  'member.resend-invitation',
  'user.resend-verification',
  'user.end-sessions',
  'user.unlock',
  'hub.suspend',
  'hub.resume',
  'device.release',
  'webhook.replay',
  'device.test-reach',
  'lock.test-reach',
  'hub.test-reach',
] as const;

/** The text that says what support did; one for what came after this page was made. */
export const supportDeed = (action: string): `activity.deed.${(typeof deeds)[number] | 'other'}` =>
  `activity.deed.${deeds.find((known) => known === action) ?? 'other'}`;
