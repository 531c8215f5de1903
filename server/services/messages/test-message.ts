import { eq } from 'drizzle-orm';
import { staffAccounts } from '@/drizzle/schema';
import type { testMessage as operation } from '../../contracts/message-templates';
import type { InputOf, OutputOf } from '../../contracts/operation';
import { Failure } from '../../domain/errors';
import { fillWording } from '../../notify/letter';
import { send } from '../../notify/send';
import { countSending } from '../auth/count-sending';
import type { Caller, Deps } from '../deps';
import { changeProject } from '../projects/change-project';
import { exampleValues } from './example-values';
import { requireWording } from './require-wording';

/**
 * POST /staff/projects/{projectId}/messages/{kind}/{language}/test: mails the texts with example data to the caller's own
 * address and to no other; an SMS goes by mail too, since staff have no phone numbers here. Raises `invalid`
 * INVALID_TEMPLATE, and `rate_limited` at the sixth mail in ten minutes.
 */
export const testMessage = (
  deps: Pick<Deps, 'db' | 'clock' | 'messaging' | 'secrets'>,
  caller: Caller,
  { params: { projectId, kind, language }, body: wanted }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> =>
  changeProject(deps, 'projects.testMessage', caller, projectId, async ({ tx, at, record }) => {
    requireWording(kind, wanted);
    const { principal } = caller;
    const [account] = await tx
      .select({ email: staffAccounts.email })
      .from(staffAccounts)
      .where(eq(staffAccounts.id, principal.kind === 'staff' ? principal.accountId : 0));
    if (account === undefined) throw new Failure('forbidden', { reason: 'PERMISSION_DENIED' });
    const recipient = account.email;
    await countSending(tx, deps.clock, projectId, recipient);
    const { subject, body } = fillWording(kind, wanted, exampleValues(kind, language, deps.messaging.origin));
    const message = { projectId, channel: 'mail', recipient, language, body } as const;
    await send(tx, deps, { ...message, subject: subject === '' ? 'SMS' : subject }, at);
    await record({ action: 'message.test', subject: { kind: 'message', id: `${kind}.${language}` } });
    return { recipient };
  });
