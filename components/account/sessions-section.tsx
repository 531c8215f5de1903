'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { UserSession } from '@/server/contracts/users';
import { api } from '../hooks/api';
import { useAction } from '../hooks/use-action';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { Section } from './section';
import { SessionRow } from './session-row';
import { sessionsKey } from './sessions-key';

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
