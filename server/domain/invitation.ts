const dayMs = 86_400_000;

/** How long an invitation to a home is good, in milliseconds. */
export const invitationLifeMs = 7 * dayMs;

export type InvitationState = 'sent' | 'seen' | 'expired';

/** How an invitation that was not accepted yet stands at an instant. */
export function invitationState(sentAt: Date, seenAt: Date | null, now: Date): InvitationState {
  if (now.getTime() >= sentAt.getTime() + invitationLifeMs) return 'expired';
  // A look at an earlier letter says nothing of the one sent last.
  return seenAt !== null && seenAt >= sentAt ? 'seen' : 'sent';
}
