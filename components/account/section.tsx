import { type ReactNode, useId } from 'react';
import { Card } from '../ui/card';

interface SectionProps {
  title: string;
  text: string;
  children: ReactNode;
}

/** One matter of the account: what it is on the left, what can be done on the right; below each other on a phone. */
export function Section({ title, text, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="grid gap-3 lg:grid-cols-[17rem_1fr] lg:gap-10">
      <div>
        <h2 id={id} className="text-xl font-semibold">
          {title}
        </h2>
        <p className="mt-1 text-[0.9375rem] text-pretty text-ink-soft">{text}</p>
      </div>
      <Card className="min-w-0 px-4 sm:px-6">{children}</Card>
    </section>
  );
}

/** A line of a section: what it is, how it stands, and what can be done. */
export function Row({ label, value, children }: { label: string; value: ReactNode; children?: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b border-line py-3 last:border-b-0">
      <div className="min-w-0 py-1">
        <p className="text-sm text-ink-soft">{label}</p>
        <p className="break-words">{value}</p>
      </div>
      {children}
    </div>
  );
}
