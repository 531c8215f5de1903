'use client';

import { Laptop, Smartphone, SquareTerminal } from 'lucide-react';
import type { UserSession } from '@/server/contracts/users';
import type { TextOf } from '../messages/lookup';
import { useText } from '../messages/provider';
import { Moment } from '../time/moment';
import { Badge } from '../ui/badge';
import { Button } from '../ui/button';
import { readAgent } from './agent';

/** The app of sessions in a browser. */
export const dashboardApp = 'dashboard';

/** A session in words: browser and system, or the app. */
function nameOf({ userAgent, appId }: UserSession, text: TextOf): string {
  const { browser, system } = readAgent(userAgent);
  if (browser !== undefined && system !== undefined)
    return text('account.sessions.browserOn', { browser, system });
  if (appId !== dashboardApp) return text('account.sessions.app', { app: appId });
  return browser ?? system ?? text('account.sessions.unknownBrowser');
}

interface SessionRowProps {
  session: UserSession;
  isBusy?: boolean;
  /** Absent: it is not ended by itself. */
  onEnd?: () => void;
}

/** A session in a list: what it runs in, from where, and since when. Needs the texts of `account`. */
export function SessionRow({ session, isBusy = false, onEnd }: SessionRowProps) {
  const text = useText();
  const name = nameOf(session, text);
  const { system } = readAgent(session.userAgent);
  const isPhone = system === 'iPhone' || system === 'Android' || system === 'iPad';
  const Icon = isPhone ? Smartphone : session.appId === dashboardApp ? Laptop : SquareTerminal;
  return (
    <li className="flex items-start gap-3 border-b border-line py-4 last:border-b-0">
      <Icon aria-hidden className="mt-0.5 size-5 shrink-0 text-ink-soft" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
          <span className="break-words">{name}</span>
          {session.current ? <Badge tone="calm">{text('account.sessions.this')}</Badge> : null}
        </p>
        <p className="mt-0.5 text-sm text-pretty text-ink-soft">
          {text('account.sessions.used')}{' '}
          {session.current ? (
            text('account.sessions.now')
          ) : (
            <Moment at={session.lastUseTime} zone={undefined} />
          )}
          {session.address === undefined
            ? null
            : ` ${text('account.sessions.from', { address: session.address })}`}
          {' · '}
          {text('account.sessions.since')} <Moment at={session.creationTime} zone={undefined} />
        </p>
      </div>
      {session.current || onEnd === undefined ? null : (
        <Button
          disabled={isBusy}
          onClick={onEnd}
          aria-label={text('account.sessions.endThat', { what: name })}
          className="shrink-0"
        >
          {text('account.sessions.end')}
        </Button>
      )}
    </li>
  );
}
