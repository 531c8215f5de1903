import { clsx } from 'clsx';

/** The mark of the product: a keyhole with its key's bit. */
export function Brand({ name, className }: { name: string; className?: string }) {
  return (
    <span className={clsx('inline-flex items-center gap-2.5 font-semibold tracking-tight', className)}>
      <svg aria-hidden="true" viewBox="0 0 32 32" className="size-8">
        <rect width="32" height="32" rx="9" fill="var(--pine-700)" />
        <circle cx="13" cy="13" r="5.25" fill="none" stroke="var(--brass-300)" strokeWidth="3" />
        <path
          d="M17 17 L25 25 M21.5 21.5 L18.5 24.5"
          fill="none"
          stroke="var(--brass-300)"
          strokeWidth="3"
          strokeLinecap="round"
        />
      </svg>
      {name}
    </span>
  );
}
