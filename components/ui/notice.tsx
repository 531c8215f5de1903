import { clsx } from 'clsx';
import { CircleHelp, Info, type LucideIcon, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

export type NoticeTone = 'plain' | 'notice' | 'alarm' | 'unknown';

const looks: Record<NoticeTone, { icon: LucideIcon; className: string }> = {
  plain: { icon: Info, className: 'bg-sunken text-ink-soft' },
  notice: { icon: TriangleAlert, className: 'bg-notice-soft text-notice' },
  alarm: { icon: TriangleAlert, className: 'bg-alarm-soft text-alarm' },
  unknown: { icon: CircleHelp, className: 'bg-unknown-soft text-unknown' },
};

interface NoticeProps {
  tone: NoticeTone;
  title?: string;
  /** `alert` for what must interrupt; nothing for what was there from the start. */
  role?: 'alert' | 'status';
  children: ReactNode;
}

/** A remark that belongs to what stands around it. */
export function Notice({ tone, title, role, children }: NoticeProps) {
  const { icon: Icon, className } = looks[tone];
  return (
    <div role={role} className={clsx('flex gap-3 rounded-xl px-4 py-3 text-[0.9375rem]', className)}>
      <Icon aria-hidden className="mt-0.5 size-5 shrink-0" />
      <div className="min-w-0">
        {title === undefined ? null : <p className="font-semibold">{title}</p>}
        <div className="text-pretty">{children}</div>
      </div>
    </div>
  );
}
