'use client';

import type { ReactNode } from 'react';
import { Part } from '../console/part';
import { useText } from '../messages/provider';

interface ItemsProps {
  id: string;
  title: string;
  action?: ReactNode;
  children: ReactNode[];
}

/** A part that lists things, or says that there are none. */
export function Items({ id, title, action, children }: ItemsProps) {
  const text = useText();
  return (
    <Part id={id} title={title} action={action}>
      {children.length === 0 ? (
        <p className="px-4 py-3 text-sm text-ink-soft">{text('project.none')}</p>
      ) : (
        <ul className="divide-y divide-line">{children}</ul>
      )}
    </Part>
  );
}
