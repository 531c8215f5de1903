import { messageTemplates } from '@/drizzle/schema';
import type { writeMessageTemplate as operation } from '../../contracts/message-templates';
import type { InputOf } from '../../contracts/operation';
import type { Caller, Deps } from '../deps';
import { changeProject } from '../projects/change-project';
import { requireWording } from './require-wording';

/**
 * PUT /staff/projects/{projectId}/messages/{kind}/{language}: from the next message on. Raises `invalid` INVALID_TEMPLATE
 * by field, naming the placeholder.
 */
export async function writeTemplate(
  deps: Pick<Deps, 'db' | 'clock'>,
  caller: Caller,
  { params: { projectId, kind, language }, body: wanted }: InputOf<typeof operation>,
): Promise<undefined> {
  await changeProject(deps, 'projects.writeMessage', caller, projectId, async ({ tx, at, record }) => {
    requireWording(kind, wanted);
    const text = { ...wanted, changedAt: at };
    await tx
      .insert(messageTemplates)
      .values({ projectId, kind, language, ...text })
      .onConflictDoUpdate({
        target: [messageTemplates.projectId, messageTemplates.kind, messageTemplates.language],
        set: text,
      });
    await record({
      action: 'message.change',
      subject: { kind: 'message', id: `${kind}.${language}` },
      data: wanted,
    });
  });
}
