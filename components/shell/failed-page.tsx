'use client';

import { TriangleAlert } from 'lucide-react';
import type { MessageKey } from '../messages/lookup';
import { useText } from '../messages/provider';
import { Button, buttonClass } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { Link } from '../ui/link';
import { referenceOf } from './reference';

type Failed = 'failure.page' | 'failure.door' | 'doors.failed';

export interface FailedPageProps {
  what: Failed;
  error: unknown;
  retry: () => void;
}

/** Says what failed, what it means, and what to do, with the reference to quote. */
export function FailedPage({ what, error, retry }: FailedPageProps) {
  const text = useText();
  const reference = referenceOf(error);
  const title: MessageKey = `${what}.title`;
  const detail: MessageKey = `${what}.text`;
  return (
    <div role="alert">
      <EmptyState icon={TriangleAlert} level={1} title={text(title)} text={text(detail)}>
        <Button kind="primary" onClick={retry}>
          {text('failure.retry')}
        </Button>
        <Link href="/dashboard" className={buttonClass()}>
          {text('failure.back')}
        </Link>
        {reference === undefined ? null : (
          <p className="w-full text-sm text-ink-soft">{text('failure.reference', { id: reference })}</p>
        )}
      </EmptyState>
    </div>
  );
}
