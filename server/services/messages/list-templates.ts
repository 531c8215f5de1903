import { eq } from 'drizzle-orm';
import { messageTemplates } from '@/drizzle/schema';
import type { listMessageTemplates as operation } from '../../contracts/message-templates';
import { messageKinds, messageLanguages, messageWords } from '../../contracts/message-words';
import type { InputOf, OutputOf } from '../../contracts/operation';
import { toTimestamp } from '../../contracts/values';
import { standardTemplate } from '../../notify/letter';
import type { Caller, Deps } from '../deps';
import { loadProject } from '../projects/change-project';

/** GET /staff/projects/{projectId}/messages: every kind in every language, the project's own text where it has one. */
export async function listTemplates(
  { db }: Pick<Deps, 'db'>,
  caller: Pick<Caller, 'principal'>,
  { params: { projectId } }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  await loadProject(db, 'projects.messages', caller, projectId);
  const rows = await db.select().from(messageTemplates).where(eq(messageTemplates.projectId, projectId));
  const items = messageKinds.flatMap((kind) =>
    messageLanguages.map((language) => {
      const { channel, values, needs } = messageWords[kind];
      const standard = standardTemplate(kind, language);
      const own = rows.find((row) => row.kind === kind && row.language === language);
      const { subject, body } = own ?? standard;
      return {
        ...{ kind, language, channel, values: [...values], needs: [...needs], subject, body, standard },
        isOwn: own !== undefined,
        ...(own === undefined ? {} : { changeTime: toTimestamp(own.changedAt) }),
      };
    }),
  );
  return { items };
}
