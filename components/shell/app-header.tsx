import { CircleUser } from 'lucide-react';
import { SignOutButton } from '../account/sign-out-button';
import type { TextOf } from '../messages/lookup';
import { buttonClass } from '../ui/button';
import { Link } from '../ui/link';
import { Brand } from './brand';
import { MainNav } from './main-nav';

interface AppHeaderProps {
  userName: string;
  /** Staff look through this person's eyes: there is nobody to sign out. */
  isLook?: boolean;
  text: TextOf;
}

/** Top of every signed-in page. */
export function AppHeader({ userName, isLook = false, text }: AppHeaderProps) {
  return (
    <header className="border-b border-line bg-surface">
      <div className="mx-auto flex h-14 max-w-6xl items-center justify-between gap-2 px-2 sm:h-16 sm:gap-4 sm:px-6">
        <div className="flex min-w-0 items-center gap-1 sm:gap-6">
          <Link
            href="/dashboard"
            aria-label={text('app.name')}
            className="flex min-h-11 min-w-11 items-center justify-center rounded-lg text-lg"
          >
            <Brand name={text('app.name')} className="max-sm:gap-0 max-sm:text-[0px]" />
          </Link>
          <MainNav />
        </div>
        <div className="flex min-w-0 items-center gap-1 sm:gap-2">
          <Link
            href="/dashboard/account"
            aria-label={text('nav.signedInAs', { name: userName })}
            className={buttonClass('quiet', 'min-w-11 max-sm:px-0')}
          >
            <CircleUser aria-hidden className="size-5 shrink-0" />
            <span className="hidden max-w-48 truncate sm:block">{userName}</span>
          </Link>
          {isLook ? null : <SignOutButton />}
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
