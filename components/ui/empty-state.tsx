import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

interface EmptyStateProps {
  icon: LucideIcon;
  title: string;
  text: string;
  /** Level of the title in the page's outline. */
  level?: 1 | 2 | 3;
  children?: ReactNode;
}

/** Says that there is nothing, why, and what to do next. */
export function EmptyState({ icon: Icon, title, text, level = 2, children }: EmptyStateProps) {
  const Title = `h${level}` as const;
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-3 px-4 py-10 text-center">
      <span className="grid size-14 place-items-center rounded-full bg-sunken text-ink-soft">
        <Icon aria-hidden className="size-7" />
      </span>
      <Title className="text-xl font-semibold">{title}</Title>
      <p className="text-pretty text-ink-soft">{text}</p>
      {children === undefined ? null : (
        <div className="mt-2 flex flex-wrap justify-center gap-3">{children}</div>
      )}
    </div>
  );
}
