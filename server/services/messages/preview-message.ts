import type { previewMessage as operation } from '../../contracts/message-templates';
import { messageWords } from '../../contracts/message-words';
import type { InputOf, OutputOf } from '../../contracts/operation';
import { mailHtml } from '../../domain/notify/mail-html';
import { smsLength } from '../../domain/notify/sms-length';
import { fillWording } from '../../notify/letter';
import type { Caller, Deps } from '../deps';
import { loadProject } from '../projects/change-project';
import { exampleValues } from './example-values';
import { requireWording } from './require-wording';

/**
 * POST /staff/projects/{projectId}/messages/{kind}/{language}/preview: by the very steps that a message takes on its way
 * out. Raises `invalid` INVALID_TEMPLATE by field.
 */
export async function previewMessage(
  { db, messaging: { origin } }: Pick<Deps, 'db' | 'messaging'>,
  caller: Pick<Caller, 'principal'>,
  { params: { projectId, kind, language }, body: wanted }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  await loadProject(db, 'projects.previewMessage', caller, projectId);
  requireWording(kind, wanted);
  const { subject, body } = fillWording(kind, wanted, exampleValues(kind, language, origin));
  return {
    subject,
    text: body,
    ...(messageWords[kind].channel === 'mail'
      ? { html: mailHtml({ subject, body, language }, origin) }
      : { sms: smsLength(body) }),
  };
}
