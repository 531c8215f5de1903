import type { Metadata } from 'next';
import { getRuntime } from '@/app/runtime';
import { requireStaff } from '@/app/signed-in-staff';
import { loadStaffProject } from '@/app/support/load-supported';
import { AreaTexts } from '@/components/messages/area-texts';
import { requestMessages } from '@/components/messages/request';
import { MessageBoard } from '@/components/wording/message-board';
import { listTemplates } from '@/server/services/messages/list-templates';

interface MessagesPageProps {
  params: Promise<{ projectId: string }>;
}

export async function generateMetadata({ params }: MessagesPageProps): Promise<Metadata> {
  const [{ text }, { name }] = await Promise.all([
    requestMessages(),
    loadStaffProject((await params).projectId),
  ]);
  return { title: `${text('wording.title')} · ${name}` };
}

/** What a project says in its mails and SMS; administrators change it, others look. */
export default async function MessagesPage({ params }: MessagesPageProps) {
  const { id, name } = await loadStaffProject((await params).projectId);
  const principal = await requireStaff(`/support/projects/${id}/messages`);
  const [{ items }, { language }] = await Promise.all([
    listTemplates(
      await getRuntime(),
      { principal },
      { params: { projectId: id }, query: undefined, body: undefined },
    ),
    requestMessages(),
  ]);
  return (
    <AreaTexts of={['wording', 'project']}>
      <MessageBoard
        project={{ id, name }}
        initial={items}
        mayChange={principal.role === 'admin'}
        language={language}
      />
    </AreaTexts>
  );
}
