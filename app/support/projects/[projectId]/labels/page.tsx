import { Tags } from 'lucide-react';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getRuntime } from '@/app/runtime';
import { requireStaff } from '@/app/signed-in-staff';
import { loadStaffProject } from '@/app/support/load-supported';
import { requestMessages } from '@/components/messages/request';
import { LabelSheet } from '@/components/project/label-sheet';
import { PrintButton } from '@/components/project/print-button';
import { buttonClass } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { listLabels } from '@/server/services/projects/list-labels';

interface LabelsPageProps {
  params: Promise<{ projectId: string }>;
  searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

export async function generateMetadata(): Promise<Metadata> {
  const { text } = await requestMessages();
  return { title: text('project.labels.title') };
}

const idIn = (value: string | string[] | undefined): number => {
  if (typeof value !== 'string' || !/^[1-9]\d{0,14}$/.test(value)) notFound();
  return Number(value);
};

/** A sheet of claim codes to be printed and cut; what is beside it stays off the paper. */
export default async function LabelsPage({ params, searchParams }: LabelsPageProps) {
  const { projectId } = await params;
  const given = await searchParams;
  const asked = new URLSearchParams(
    Object.entries(given).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
  const here = `/support/projects/${encodeURIComponent(projectId)}/labels?${asked}`;
  const principal = await requireStaff(here, 'admin');
  const project = await loadStaffProject(projectId);
  const query = {
    from: idIn(given.from),
    to: idIn(given.to),
    deviceClass: typeof given.class === 'string' ? given.class : undefined,
  };
  const [{ text }, { items }] = await Promise.all([
    requestMessages(),
    listLabels(
      await getRuntime(),
      { principal, via: 'page' },
      { params: { projectId: project.id }, query, body: undefined },
    ),
  ]);
  const back = (
    <a href={`/support/projects/${project.id}`} className={buttonClass()}>
      {text('project.labels.back')}
    </a>
  );
  if (items.length === 0)
    return (
      <EmptyState
        icon={Tags}
        level={1}
        title={text('project.labels.none')}
        text={text('project.labels.none.text')}
      >
        {back}
      </EmptyState>
    );
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-3 print:hidden">
        <div>
          <h1 className="text-2xl font-semibold">{text('project.labels.title')}</h1>
          <p className="text-sm text-ink-soft">{text('project.labels.lead', { count: items.length })}</p>
        </div>
        <div className="flex flex-wrap gap-2">
          {back}
          <PrintButton label={text('project.labels.print')} />
        </div>
      </div>
      <LabelSheet labels={items} text={text} />
    </div>
  );
}
