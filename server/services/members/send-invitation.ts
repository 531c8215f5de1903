import type { Executor } from '../../db/client';
import { Failure } from '../../domain/errors';
import type { Language } from '../../domain/language';
import { quotable, tokenLink } from '../../notify/compose';
import { composeLetter } from '../../notify/letter';
import { send } from '../../notify/send';
import { countSending } from '../auth/count-sending';
import { issueSecret } from '../auth/issue-secret';
import type { Deps } from '../deps';
import type { HomeRow } from '../homes/view';
import type { UserRow } from '../users/view';

interface Occasion {
  inviter: string;
  home: Pick<HomeRow, 'id' | 'name'>;
  language: Language | null | undefined;
}

/**
 * Mails somebody who was added to a home, in the caller's transaction (mode-api 5.3): a link that sets up the account, or a
 * notice to a verified account. Raises `rate_limited` when an invitation would be the sixth mail in ten minutes; a notice
 * is then left out, since the home shows up among the person's homes anyway.
 */
export async function sendInvitation(
  deps: Pick<Deps, 'clock' | 'messaging' | 'secrets'>,
  executor: Executor,
  user: UserRow,
  occasion: Occasion,
): Promise<void> {
  if (user.email === null) return;
  const { origin } = deps.messaging;
  const now = deps.clock.now();
  const { projectId } = user;
  const { language } = occasion;
  const names = { inviter: quotable(occasion.inviter), home: quotable(occasion.home.name) };
  const message = { projectId, channel: 'mail', recipient: user.email, homeId: occasion.home.id } as const;
  try {
    await countSending(executor, deps.clock, user.projectId, user.email);
  } catch (error) {
    if (user.verified && error instanceof Failure && error.code === 'rate_limited') return;
    throw error;
  }
  if (user.verified) {
    const link = `${origin}/dashboard`;
    const letter = await composeLetter(executor, projectId, 'addedToHome', language, { ...names, link });
    await send(executor, deps, { ...message, ...letter }, now);
    return;
  }
  const { secret, expiresAt } = await issueSecret(executor, user.id, 'invitation', now);
  const link = tokenLink(origin, 'accept-invitation', secret);
  const letter = await composeLetter(executor, projectId, 'invitation', language, { ...names, link });
  await send(executor, deps, { ...message, ...letter, usefulUntil: expiresAt }, now);
}
