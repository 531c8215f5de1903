import Link from 'next/link';
import { SignOutButton } from '../account/sign-out-button';
import type { TextOf } from '../messages/lookup';
import { Brand } from './brand';

/** Top of every signed-in page. */
export function AppHeader({ userName, text }: { userName: string; text: TextOf }) {
  return (
    <header className="border-b border-line bg-surface">
      <div className="mx-auto flex h-14 max-w-6xl sm:h-16 items-center justify-between gap-4 px-4 sm:px-6">
        <Link href="/dashboard" className="flex min-h-11 items-center rounded-lg text-lg">
          <Brand name={text('app.name')} />
        </Link>
        <div className="flex min-w-0 items-center gap-1 sm:gap-3">
          <p className="hidden min-w-0 truncate text-sm text-ink-soft sm:block">
            {text('nav.signedInAs', { name: userName })}
          </p>
          <SignOutButton />
        </div>
      </div>
    </header>
  );
}

/** First thing a keyboard meets: past the header. */
export function SkipLink({ text }: { text: TextOf }) {
  return (
    <a
      href="#content"
      className="sr-only focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-10 focus:rounded-lg focus:bg-surface focus:px-4 focus:py-3"
    >
      {text('app.skip')}
    </a>
  );
}
