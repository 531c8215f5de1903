import { and, eq } from 'drizzle-orm';
import { messageTemplates } from '@/drizzle/schema';
import type { resetMessageTemplate as operation } from '../../contracts/message-templates';
import type { InputOf } from '../../contracts/operation';
import type { Caller, Deps } from '../deps';
import { changeProject } from '../projects/change-project';

/** DELETE /staff/projects/{projectId}/messages/{kind}/{language}: the standard text from the next message on. */
export async function resetTemplate(
  deps: Pick<Deps, 'db' | 'clock'>,
  caller: Caller,
  { params: { projectId, kind, language } }: InputOf<typeof operation>,
): Promise<undefined> {
  await changeProject(deps, 'projects.resetMessage', caller, projectId, async ({ tx, record }) => {
    const gone = await tx
      .delete(messageTemplates)
      .where(
        and(
          eq(messageTemplates.projectId, projectId),
          eq(messageTemplates.kind, kind),
          eq(messageTemplates.language, language),
        ),
      )
      .returning({ kind: messageTemplates.kind });
    if (gone.length === 0) return;
    await record({ action: 'message.reset', subject: { kind: 'message', id: `${kind}.${language}` } });
  });
}
