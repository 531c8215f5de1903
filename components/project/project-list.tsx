'use client';

import { ChevronRight } from 'lucide-react';
import type { StaffProject } from '@/server/contracts/projects';
import { useText } from '../messages/provider';
import { Card } from '../ui/card';
import { Link } from '../ui/link';

/** The projects that somebody works for. */
export function ProjectList({ projects }: { projects: readonly StaffProject[] }) {
  const text = useText();
  return (
    <section className="flex flex-col gap-6" aria-labelledby="projects-title">
      <div>
        <h1 id="projects-title" className="text-3xl font-semibold">
          {text('project.title')}
        </h1>
        <p className="mt-1 text-pretty text-ink-soft">{text('project.lead')}</p>
      </div>
      {projects.length === 0 ? (
        <p className="text-ink-soft">{text('project.noProject')}</p>
      ) : (
        <Card className="overflow-hidden">
          <ul aria-label={text('project.list')} className="divide-y divide-line">
            {projects.map(({ id, name, accountType, provisioning }) => (
              <li key={id}>
                <Link
                  href={`/support/projects/${id}`}
                  className="flex min-h-14 items-center justify-between gap-3 px-4 py-2.5 -outline-offset-4 hover:bg-sunken"
                >
                  <span className="min-w-0">
                    <span className="block font-medium break-words">{name}</span>
                    <span className="block text-sm text-ink-soft">
                      {text('project.id', { id })} · {text('project.account')}:{' '}
                      {text(`project.account.${accountType}`)} · {text('project.provisioning')}:{' '}
                      {text(`project.provisioning.${provisioning}`)}
                    </span>
                  </span>
                  <ChevronRight aria-hidden className="size-5 shrink-0 text-ink-soft" />
                </Link>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </section>
  );
}
