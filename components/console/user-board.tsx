'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { SupportedUser } from '@/server/contracts/console';
import { api } from '../hooks/api';
import { useText } from '../messages/provider';
import { Moment } from '../time/moment';
import { Badge } from '../ui/badge';
import { Button } from '../ui/button';
import { Link } from '../ui/link';
import type { NamedAct } from './acts';
import { Part, Row } from './part';
import { StateBadge } from './state-badge';
import { useActs } from './use-acts';

/** An account: who it is, where it is signed in, its homes, and what can be done. */
export function UserBoard({ initial }: { initial: SupportedUser }) {
  const text = useText();
  const cache = useQueryClient();
  const key = ['supported-user', initial.id];
  const { data: user = initial } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api('staff.user', { params: { userId: initial.id } }, { signal }),
    initialData: initial,
  });
  const { ask, dialog } = useActs(undefined, () => void cache.invalidateQueries({ queryKey: key }));
  const name = user.name || user.email || user.phoneNumber || String(user.id);
  const acts: NamedAct[] = [
    ...(user.verified || !user.registered
      ? []
      : [{ act: 'resendVerification' as const, userId: user.id, name }]),
    { act: 'unlockAccount', userId: user.id, name },
    { act: 'endUserSessions', userId: user.id, name },
  ];
  const facts = [
    [text('console.user.email'), user.email],
    [text('console.user.phone'), user.phoneNumber],
    [text('console.home.project'), user.projectName],
    [text('console.user.passkeys'), String(user.passkeys)],
  ] as const;
  return (
    <div className="flex flex-col gap-4">
      <div className="min-w-0">
        <h1 className="flex flex-wrap items-center gap-3 text-2xl font-semibold break-words">
          {name}
          <StateBadge state={user.verified ? 'verified' : 'unverified'} />
          {user.isHeldBack ? <Badge tone="alarm">{text('console.user.held')}</Badge> : null}
          {user.registered ? null : <Badge tone="notice">{text('console.user.placeholder')}</Badge>}
        </h1>
        <p className="text-sm text-ink-soft">
          {text('console.user.id', { id: user.id })} · {text('console.home.made')}{' '}
          <Moment at={user.createdAt} zone={undefined} />
        </p>
      </div>
      <dl className="grid gap-x-6 gap-y-1 text-[0.9375rem] sm:grid-cols-2">
        {facts.map(([label, value]) =>
          value === undefined ? null : (
            <div key={label} className="grid grid-cols-[7rem_minmax(0,1fr)] gap-2">
              <dt className="text-ink-soft">{label}</dt>
              <dd className="break-words">{value}</dd>
            </div>
          ),
        )}
      </dl>
      <section aria-label={text('console.actions')} className="flex flex-wrap gap-3">
        {acts.map((act) => (
          <Button key={act.act} onClick={() => ask(act)}>
            {text(`console.act.${act.act}`)}
          </Button>
        ))}
      </section>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Part id="homes" title={text('console.user.homes')}>
          {user.homes.length === 0 ? (
            <p className="px-4 py-3 text-sm text-ink-soft">{text('console.user.noHomes')}</p>
          ) : (
            <ul className="divide-y divide-line">
              {user.homes.map((home) => (
                <Row
                  key={home.id}
                  title={
                    <>
                      <Link
                        href={`/support/homes/${home.id}`}
                        className="inline-flex min-h-11 items-center underline decoration-line-strong underline-offset-4"
                      >
                        {home.name}
                      </Link>
                      <Badge tone={home.role === 'owner' ? 'calm' : 'plain'}>
                        {text(`console.role.${home.role}`)}
                      </Badge>
                    </>
                  }
                  lines={[]}
                />
              ))}
            </ul>
          )}
        </Part>
        <Part id="sessions" title={text('console.user.sessions')}>
          {user.sessions.length === 0 ? (
            <p className="px-4 py-3 text-sm text-ink-soft">{text('console.user.noSessions')}</p>
          ) : (
            <ul className="divide-y divide-line">
              {user.sessions.map(({ id, appId, lastSeenAt, userAgent, address }) => (
                <Row
                  key={id}
                  title={userAgent ?? (appId || id)}
                  lines={[
                    <>
                      {[userAgent && appId, address, text('console.user.used')].filter(Boolean).join(' · ')}{' '}
                      <Moment at={lastSeenAt} zone={undefined} />
                    </>,
                  ]}
                />
              ))}
            </ul>
          )}
        </Part>
      </div>
      {dialog}
    </div>
  );
}
