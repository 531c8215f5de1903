'use client';

import type { LucideIcon } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { Card } from '../ui/card';

interface AccountCardProps {
  title: string;
  lead?: string;
  icon?: LucideIcon;
  /** It took the place of what was shown before: the title is focused, so that it is read out. */
  isAnswer?: boolean;
  children?: ReactNode;
}

/** What a page for people without a session is about: title, one sentence, a form or what to do next. */
export function AccountCard({ title, lead, icon: Icon, isAnswer = false, children }: AccountCardProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (isAnswer) heading.current?.focus();
  }, [isAnswer]);
  return (
    <Card className="flex flex-col gap-6 p-6 sm:p-8">
      <div>
        {Icon === undefined ? null : (
          <span className="mb-4 grid size-12 place-items-center rounded-full bg-sunken text-ink-soft">
            <Icon aria-hidden className="size-6" />
          </span>
        )}
        <h1
          ref={heading}
          tabIndex={isAnswer ? -1 : undefined}
          className="text-2xl font-semibold outline-none"
        >
          {title}
        </h1>
        {lead === undefined ? null : <p className="mt-2 text-pretty break-words text-ink-soft">{lead}</p>}
      </div>
      {children}
    </Card>
  );
}
