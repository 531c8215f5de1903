import type { Metadata } from 'next';
import { getRuntime } from '@/app/runtime';
import { requireStaff } from '@/app/signed-in-staff';
import { AreaTexts } from '@/components/messages/area-texts';
import { requestMessages } from '@/components/messages/request';
import { ProjectList } from '@/components/project/project-list';
import { listProjects } from '@/server/services/projects/list-projects';

export async function generateMetadata(): Promise<Metadata> {
  const { text } = await requestMessages();
  return { title: text('project.title') };
}

export default async function ProjectsPage() {
  const principal = await requireStaff('/support/projects');
  const { items } = await listProjects(await getRuntime(), { principal, via: 'page' });
  return (
    <AreaTexts of={['project']}>
      <ProjectList projects={items} />
    </AreaTexts>
  );
}
