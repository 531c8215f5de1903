/** What staff do, by the names in the audit trail that have a sentence of their own. */
export const deeds = [
  'home.look',
  'home.deactivate',
  'home.reactivate',
  'hub.suspend',
  'hub.resume',
  'device.release',
  'device.test-reach',
  'lock.test-reach',
  'hub.test-reach',
  'member.resend-invitation',
  'user.resend-verification',
  'user.end-sessions',
  'user.unlock',
  'webhook.replay',
  'view.ask',
  'view.look',
  'view.end',
] as const;

/** Key of the sentence for a deed; what is not known has a general one. */
export function deedText(action: string): `activity.deed.${(typeof deeds)[number] | 'other'}` {
  const known = deeds.find((deed) => deed === action);
  return `activity.deed.${known ?? 'other'}`;
}
