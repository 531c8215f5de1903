'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Laptop, Smartphone, SquareTerminal } from 'lucide-react';
import type { UserSession } from '@/server/contracts/users';
import { api } from '../hooks/api';
import { useAction } from '../hooks/use-action';
import type { TextOf } from '../messages/lookup';
import { useText } from '../messages/provider';
import { Moment } from '../time/moment';
import { Badge } from '../ui/badge';
import { Button } from '../ui/button';
import { readAgent } from './agent';
import { Section } from './section';
import { sessionsKey } from './sessions-key';

/** The app of sessions in a browser. */
const dashboardApp = 'dashboard';

/** A session in words: browser and system, or the app. */
function nameOf({ userAgent, appId }: UserSession, text: TextOf): string {
  const { browser, system } = readAgent(userAgent);
  if (browser !== undefined && system !== undefined)
    return text('account.sessions.browserOn', { browser, system });
  if (appId !== dashboardApp) return text('account.sessions.app', { app: appId });
  return browser ?? system ?? text('account.sessions.unknownBrowser');
}

/** Where the person is signed in; every session but this one can be ended. */
export function SessionsSection({ userId, initial }: { userId: number; initial: UserSession[] }) {
  const text = useText();
  const queries = useQueryClient();
  const { data: sessions } = useQuery({
    queryKey: sessionsKey,
    queryFn: () => api('userSession.list', { params: { userId } }),
    initialData: initial,
  });

  /** Shows the list without what is being ended, and as it was when that failed. */
  const without = async (isKept: (session: UserSession) => boolean, end: () => Promise<unknown>) => {
    await queries.cancelQueries({ queryKey: sessionsKey });
    const before = queries.getQueryData<UserSession[]>(sessionsKey);
    queries.setQueryData<UserSession[]>(sessionsKey, (shown) => shown?.filter(isKept));
    try {
      await end();
    } catch (error) {
      queries.setQueryData(sessionsKey, before);
      throw error;
    }
  };
  const one = useAction(
    (id: string) =>
      without(
        (session) => session.id !== id,
        () => api('userSession.endOne', { params: { userId, sessionId: id } }),
      ),
    { done: text('account.sessions.ended') },
  );
  const others = useAction(
    () =>
      without(
        ({ current }) => current,
        () => api('userSession.endOthers', { params: { userId } }),
      ),
    { done: text('account.sessions.endedOthers') },
  );
  const hasOthers = sessions.some(({ current }) => !current);
  return (
    <Section title={text('account.sessions.title')} text={text('account.sessions.text')}>
      <ul aria-label={text('account.sessions.list')}>
        {sessions.map((session) => (
          <SessionRow
            key={session.id}
            session={session}
            isBusy={one.isBusy}
            onEnd={() => void one.run(session.id)}
          />
        ))}
      </ul>
      <div className="border-t border-line py-4">
        {hasOthers ? (
          <Button disabled={others.isBusy} onClick={() => void others.run()}>
            {text('account.sessions.endOthers')}
          </Button>
        ) : (
          <p className="text-[0.9375rem] text-ink-soft">{text('account.sessions.alone')}</p>
        )}
      </div>
    </Section>
  );
}

interface SessionRowProps {
  session: UserSession;
  isBusy: boolean;
  onEnd: () => void;
}

function SessionRow({ session, isBusy, onEnd }: SessionRowProps) {
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
      {session.current ? null : (
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
