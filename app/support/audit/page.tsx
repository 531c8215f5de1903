import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getRuntime } from '@/app/runtime';
import { requireStaff } from '@/app/signed-in-staff';
import { auditPath, auditQuery, readAuditFilter } from '@/components/audit/audit-filter';
import { AuditFilterForm } from '@/components/audit/audit-filter-form';
import { AuditLog } from '@/components/audit/audit-log';
import { AreaTexts } from '@/components/messages/area-texts';
import { requestMessages, requestZone } from '@/components/messages/request';
import { Card } from '@/components/ui/card';
import { worksFor } from '@/server/domain/principal';
import { listColleagues } from '@/server/services/audit/list-colleagues';
import { listEntries } from '@/server/services/audit/list-entries';
import { listStaffProjects } from '@/server/services/staff/list-projects';

const linesAtOnce = 50;

interface AuditPageProps {
  searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

export async function generateMetadata(): Promise<Metadata> {
  const { text } = await requestMessages();
  return { title: text('audit.title') };
}

/** The audit trail of the projects that the member of staff works for. */
export default async function AuditPage({ searchParams }: AuditPageProps) {
  const filter = readAuditFilter(await searchParams);
  const path = auditPath(filter);
  const principal = await requireStaff(path);
  if (filter.project !== undefined && !worksFor(principal, Number(filter.project))) notFound();
  const query = auditQuery(filter, (await requestZone()) ?? 'UTC');
  const deps = await getRuntime();
  const [{ text }, projects, colleagues, initial] = await Promise.all([
    requestMessages(),
    listStaffProjects(deps, principal),
    listColleagues(deps, { principal }),
    listEntries(deps, { principal }, { query: { ...query, limit: linesAtOnce } }),
  ]);
  const names = new Map(
    initial.items.flatMap(({ who, subject, homeId, homeName }) => [
      [`${who.kind}:${who.id}`, who.name] as const,
      ...(subject?.name === undefined ? [] : [[`${subject.kind}:${subject.id}`, subject.name] as const]),
      ...(homeName === undefined ? [] : [[`home:${homeId}`, homeName] as const]),
    ]),
  );
  const staff = colleagues.map(({ id, name, email }) => ({ value: `staff:${id}`, name, detail: email }));
  return (
    <AreaTexts of={['audit']}>
      <div className="flex flex-col gap-4">
        <div>
          <h1 className="text-2xl font-semibold">{text('audit.title')}</h1>
          <p className="text-pretty text-ink-soft">{text('audit.lead')}</p>
        </div>
        <Card>
          <AuditFilterForm
            key={`form ${path}`}
            filter={filter}
            projects={projects}
            staff={staff}
            names={names}
          />
          <div className="overflow-hidden rounded-b-2xl">
            <AuditLog key={path} filter={filter} query={query} projects={projects} initial={initial} />
          </div>
        </Card>
      </div>
    </AreaTexts>
  );
}
