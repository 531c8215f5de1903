import type { ReactNode } from 'react';
import { Link } from '../ui/link';

/** The line below a form that leads to another page of the account. */
export function FormFoot({ children }: { children: ReactNode }) {
  return <p className="border-t border-line pt-4 text-[0.9375rem] text-ink-soft">{children}</p>;
}

/** A link in a line of text, as high as a thumb needs. */
export function AccountLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link
      href={href}
      className="inline-flex min-h-11 min-w-11 items-center font-medium text-accent underline underline-offset-4"
    >
      {children}
    </Link>
  );
}
