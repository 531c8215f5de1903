import type { Metadata } from 'next';
import { requireStaff } from '@/app/signed-in-staff';
import { loadStaffProject } from '@/app/support/load-supported';
import { AreaTexts } from '@/components/messages/area-texts';
import { ProjectBoard } from '@/components/project/project-board';

interface ProjectPageProps {
  params: Promise<{ projectId: string }>;
}

export async function generateMetadata({ params }: ProjectPageProps): Promise<Metadata> {
  return { title: (await loadStaffProject((await params).projectId)).name };
}

/** What a project is set up with; administrators change it, others look. */
export default async function ProjectPage({ params }: ProjectPageProps) {
  const project = await loadStaffProject((await params).projectId);
  const { role, projects } = await requireStaff(`/support/projects/${project.id}`);
  return (
    <AreaTexts of={['project']}>
      <ProjectBoard initial={project} viewer={{ mayChange: role === 'admin', isOfAll: projects === 'all' }} />
    </AreaTexts>
  );
}
