'use client';

import { ScrollText } from 'lucide-react';
import { useState } from 'react';
import { api } from '../hooks/api';
import type { AnswerOf } from '../hooks/call';
import { useAction } from '../hooks/use-action';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import type { AuditFilter, AuditQuery } from './audit-filter';
import { AuditRow } from './audit-line';

interface AuditLogProps {
  filter: AuditFilter;
  query: AuditQuery;
  projects: readonly { id: number; name: string }[];
  initial: AnswerOf<'staff.audit'>;
}

/** Lines of the record, those written last first, older ones on demand. */
export function AuditLog({ filter, query, projects, initial }: AuditLogProps) {
  const text = useText();
  const [{ items, next }, setShown] = useState(initial);
  const { run, isBusy } = useAction(async (after: string) => {
    const page = await api('staff.audit', { query: { ...query, after } });
    setShown((shown) => ({ items: [...shown.items, ...page.items], next: page.next }));
  });
  if (items.length === 0)
    return <EmptyState icon={ScrollText} title={text('audit.empty.title')} text={text('audit.empty.text')} />;
  const names = new Map(projects.map(({ id, name }) => [id, name]));
  return (
    <>
      <ol aria-label={text('audit.list')} className="divide-y divide-line">
        {items.map((line) => (
          <AuditRow
            key={line.id}
            line={line}
            filter={filter}
            projectName={projects.length > 1 ? names.get(line.projectId) : undefined}
          />
        ))}
      </ol>
      <div className="flex justify-center border-t border-line px-4 py-3 text-sm text-ink-soft">
        {next === null ? (
          <p className="py-2">{text('audit.start')}</p>
        ) : (
          <Button kind="quiet" disabled={isBusy} onClick={() => void run(next)}>
            {text(isBusy ? 'audit.loading' : 'audit.older')}
          </Button>
        )}
      </div>
    </>
  );
}
