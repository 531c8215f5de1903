import type { Executor } from '../../db/client';
import type { Language } from '../../domain/language';
import { quotable, tokenLink } from '../../notify/compose';
import { composeLetter } from '../../notify/letter';
import { send } from '../../notify/send';
import type { Deps } from '../deps';
import { countSending } from './count-sending';
import { issueSecret } from './issue-secret';

/** What a writer to a person needs to know of the person. */
export interface Addressee {
  id: number;
  projectId: number;
  email: string | null;
  phoneNumber: string | null;
  name: string | null;
  language: Language | null;
}
type Needed = Pick<Deps, 'clock' | 'messaging' | 'secrets'>;

/**
 * Sends a person what confirms the address, in the caller's transaction: a code to a phone, a link to a mailbox (mode-api
 * 5.7). Raises `rate_limited` at the sixth message in ten minutes.
 */
export async function issueVerification(
  deps: Needed,
  executor: Executor,
  user: Addressee,
  language: Language | undefined,
): Promise<void> {
  const now = deps.clock.now();
  const address = user.phoneNumber ?? user.email;
  if (address === null) return;
  await countSending(executor, deps.clock, user.projectId, address);
  const isPhone = user.phoneNumber !== null;
  const { secret, expiresAt } = await issueSecret(executor, user.id, isPhone ? 'phone' : 'email', now);
  const reader = language ?? user.language;
  const letter = isPhone
    ? await composeLetter(executor, user.projectId, 'smsCode', reader, { code: secret })
    : await composeLetter(executor, user.projectId, 'verifyEmail', reader, {
        name: user.name === null ? address : quotable(user.name),
        link: tokenLink(deps.messaging.origin, 'verify-email', secret),
      });
  await send(
    executor,
    deps,
    {
      projectId: user.projectId,
      channel: isPhone ? 'sms' : 'mail',
      recipient: address,
      ...letter,
      usefulUntil: expiresAt,
    },
    now,
  );
}
