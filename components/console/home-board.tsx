'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { SupportedHome } from '@/server/contracts/console';
import { api } from '../hooks/api';
import type { AnswerOf } from '../hooks/call';
import { useText } from '../messages/provider';
import { durationText } from '../time/format';
import { Moment } from '../time/moment';
import { Badge } from '../ui/badge';
import { Link } from '../ui/link';
import { ActMenu } from './act-menu';
import { HomeThings } from './home-things';
import { type LookNotice, LookPart } from './look-part';
import { Part, Row } from './part';
import { StateBadge } from './state-badge';
import { Timeline } from './timeline';
import { useActs } from './use-acts';

const everyMs = 6_000;

interface HomeBoardProps {
  initial: SupportedHome;
  timeline: AnswerOf<'staff.timeline'>;
  looks: AnswerOf<'staff.listViews'>;
  lookNotice: LookNotice | undefined;
  kinds: string | undefined;
  at: string | undefined;
}

/** A home on one page: its facts, what stands in it, and everything that happened to it. */
export function HomeBoard({ initial, timeline, looks, lookNotice, kinds, at }: HomeBoardProps) {
  const text = useText();
  const cache = useQueryClient();
  const key = ['supported-home', initial.id];
  const { data: home = initial } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api('staff.home', { params: { homeId: initial.id } }, { signal }),
    initialData: initial,
    refetchInterval: everyMs,
  });
  const zone = home.timezone;
  const acts = useActs(zone, () => {
    void cache.invalidateQueries({ queryKey: key });
    void cache.invalidateQueries({ queryKey: ['timeline', home.id] });
  });
  const names = new Map([
    ...home.devices.map(({ id, name, deviceClass }) => [`device:${id}`, name ?? deviceClass] as const),
    ...home.locks.map(({ lockId, name }) => [`lock:${lockId}`, name] as const),
    ...home.hubs.map(({ hubId, serial }) => [`hub:${hubId}`, serial] as const),
    ...home.members.map(({ userId, name, email }) => [`user:${userId}`, name ?? email ?? ''] as const),
  ]);
  return (
    <div className="flex flex-col gap-4">
      <div className="flex items-start justify-between gap-x-4">
        <div className="min-w-0">
          <h1 className="flex flex-wrap items-center gap-3 text-2xl font-semibold break-words">
            {home.name}
            <StateBadge state={home.deactivated ? 'deactivated' : 'active'} />
          </h1>
          <p className="text-sm text-ink-soft">
            {text('console.home.id', { id: home.id })} · {text('console.home.project')}: {home.projectName} ·{' '}
            {text('console.home.zone')}: {zone ?? text('console.home.noZone')} · {text('console.home.made')}{' '}
            <Moment at={home.createdAt} zone={zone} />
          </p>
        </div>
        <ActMenu
          name={home.name}
          onAsk={acts.ask}
          acts={[
            {
              act: home.deactivated ? 'reactivateHome' : 'deactivateHome',
              homeId: home.id,
              name: home.name,
            },
          ]}
        />
      </div>
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
        <div className="flex min-w-0 flex-col gap-4">
          <Members home={home} onAsk={acts.ask} />
          <LookPart
            homeId={home.id}
            zone={zone}
            initial={looks}
            notice={lookNotice}
            onChange={() => void cache.invalidateQueries({ queryKey: ['timeline', home.id] })}
          />
          <HomeThings home={home} onAsk={acts.ask} durationOf={(ms) => durationText(ms, text)} />
        </div>
        <Timeline
          key={`${kinds ?? ''} ${at ?? ''}`}
          homeId={home.id}
          zone={zone}
          names={names}
          kinds={kinds}
          at={at}
          initial={timeline}
          onReplay={(deliveryId) =>
            acts.ask({ act: 'replayDelivery', homeId: home.id, deliveryId, name: deliveryId })
          }
        />
      </div>
      {acts.dialog}
    </div>
  );
}

function Members({ home, onAsk }: { home: SupportedHome; onAsk: ReturnType<typeof useActs>['ask'] }) {
  const text = useText();
  return (
    <Part id="members" title={text('console.home.members')}>
      {home.members.length === 0 ? (
        <p className="px-4 py-3 text-sm text-ink-soft">{text('console.home.none')}</p>
      ) : (
        <ul className="divide-y divide-line">
          {home.members.map(({ userId, name, email, phoneNumber, role, invitation }) => {
            const called = name ?? email ?? phoneNumber ?? String(userId);
            return (
              <Row
                key={userId}
                title={
                  <>
                    <Link
                      href={`/support/users/${userId}`}
                      className="inline-flex min-h-11 items-center underline decoration-line-strong underline-offset-4"
                    >
                      {called}
                    </Link>
                    <Badge tone={role === 'owner' ? 'calm' : 'plain'}>{text(`console.role.${role}`)}</Badge>
                    {invitation === undefined ? null : (
                      <Badge tone={invitation.state === 'expired' ? 'alarm' : 'notice'}>
                        {text(`console.invited.${invitation.state}`)}
                      </Badge>
                    )}
                  </>
                }
                lines={[[email, phoneNumber].filter((one) => one !== undefined && one !== called).join(', ')]}
              >
                <ActMenu
                  name={called}
                  onAsk={onAsk}
                  acts={
                    invitation === undefined || email === undefined
                      ? []
                      : [{ act: 'resendInvitation', homeId: home.id, userId, name: called }]
                  }
                />
              </Row>
            );
          })}
        </ul>
      )}
    </Part>
  );
}
