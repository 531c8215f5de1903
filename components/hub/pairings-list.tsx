'use client';

import { CircleCheck, CircleX, Clock3 } from 'lucide-react';
import { useState } from 'react';
import type { CommissioningView } from '@/server/contracts/hubs';
import { api } from '../hooks/api';
import { useAction } from '../hooks/use-action';
import { useText } from '../messages/provider';
import { Moment } from '../time/moment';
import { TimesOf } from '../time/times-of';
import { Badge } from '../ui/badge';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { causeOf, isPairing } from './pairing-progress';
import { type OfHome, type Pairings, usePairings } from './use-hubs';

function Outcome({ attempt }: { attempt: CommissioningView }) {
  const text = useText();
  if (isPairing(attempt))
    return (
      <Badge tone="plain" icon={Clock3}>
        {text('hub.outcome.running')}
      </Badge>
    );
  if (attempt.status === 'succeeded')
    return (
      <Badge tone="calm" icon={CircleCheck}>
        {text('hub.outcome.succeeded')}
      </Badge>
    );
  return (
    <Badge tone="notice" icon={CircleX}>
      {text(attempt.status === 'expired' ? 'hub.outcome.expired' : 'hub.outcome.failed')}
    </Badge>
  );
}

function PairingRow({ attempt, zone }: { attempt: CommissioningView; zone: string | undefined }) {
  const text = useText();
  const isOver = !isPairing(attempt) && attempt.status !== 'succeeded';
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-5 py-3.5 sm:px-6">
      <div className="min-w-0">
        <p className="font-medium">
          <Moment at={attempt.createdAt} zone={zone} />
        </p>
        <p className="text-sm break-words text-ink-soft">
          {text('hub.pairings.by', { who: attempt.who.name })}
          {isOver ? `: ${text(`hub.cause.${causeOf(attempt)}.title`)}` : null}
        </p>
      </div>
      <Outcome attempt={attempt} />
    </li>
  );
}

interface PairingsListProps {
  of: OfHome;
  zone: string | undefined;
  hubId: string;
  initial: Pairings;
}

/** What was paired with a hub and what came of it, newest first, live. */
export function PairingsList({ of, zone, hubId, initial }: PairingsListProps) {
  const text = useText();
  const { data } = usePairings(of, hubId, initial);
  const [older, setOlder] = useState<Pairings>();
  const next = older === undefined ? data.next : older.next;
  const { run, isBusy } = useAction(async (after: string) => {
    const page = await api('hubs.commissionings', { params: { id: hubId }, query: { after } });
    setOlder((known) => ({ items: [...(known?.items ?? []), ...page.items], next: page.next }));
  });
  const newest = new Set(data.items.map(({ id }) => id));
  const items = [...data.items, ...(older?.items ?? []).filter(({ id }) => !newest.has(id))];
  return (
    <Card className="overflow-hidden">
      <h3 className="border-b border-line px-5 py-4 text-lg font-semibold sm:px-6">
        {text('hub.pairings.title')}
      </h3>
      {items.length === 0 ? (
        <p className="px-5 py-5 text-ink-soft sm:px-6">{text('hub.pairings.none')}</p>
      ) : (
        <TimesOf zone={zone} isWide>
          <ul className="divide-y divide-line">
            {items.map((attempt) => (
              <PairingRow key={attempt.id} attempt={attempt} zone={zone} />
            ))}
          </ul>
        </TimesOf>
      )}
      {next === null ? null : (
        <div className="border-t border-line p-3 text-center">
          <Button kind="quiet" disabled={isBusy} onClick={() => void run(next)}>
            {text('hub.pairings.more')}
          </Button>
        </div>
      )}
    </Card>
  );
}
