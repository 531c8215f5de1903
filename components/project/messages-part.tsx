'use client';

import { ChevronRight } from 'lucide-react';
import { Part } from '../console/part';
import { useText } from '../messages/provider';
import { Link } from '../ui/link';

/** Where the texts of mails and SMS are kept: a page of their own. */
export function MessagesPart({ projectId }: { projectId: number }) {
  const text = useText();
  return (
    <Part id="messages" title={text('project.messages')}>
      <Link
        href={`/support/projects/${projectId}/messages`}
        className="flex min-h-14 items-center justify-between gap-3 px-4 py-2 hover:bg-sunken"
      >
        <span className="min-w-0">
          <span className="block text-[0.9375rem] font-medium">{text('project.messages.show')}</span>
          <span className="block text-sm text-ink-soft">{text('project.messages.hint')}</span>
        </span>
        <ChevronRight aria-hidden className="size-5 shrink-0 text-ink-soft" />
      </Link>
    </Part>
  );
}
