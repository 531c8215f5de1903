'use client';

import { Ban, Check, CircleHelp, Clock3, type LucideIcon, TriangleAlert } from 'lucide-react';
import type { OpeningView } from '@/server/contracts/locks';
import { type OpeningPhase, phaseOf } from '@/server/domain/lock/predicates';
import { useText } from '../messages/provider';
import { durationText } from '../time/format';
import { Badge, type BadgeTone } from '../ui/badge';
import { stepAfterMs } from './opening-progress';

const looks: Record<OpeningPhase, { tone: BadgeTone; icon: LucideIcon }> = {
  pending: { tone: 'plain', icon: Clock3 },
  sent: { tone: 'plain', icon: Clock3 },
  accepted: { tone: 'plain', icon: Clock3 },
  unresolved: { tone: 'plain', icon: Clock3 },
  confirmed: { tone: 'calm', icon: Check },
  late: { tone: 'notice', icon: CircleHelp },
  unconfirmed: { tone: 'notice', icon: CircleHelp },
  expired: { tone: 'unknown', icon: Ban },
  failed: { tone: 'alarm', icon: TriangleAlert },
};
const kinds = ['user', 'orgKey', 'superKey', 'service', 'guestLink', 'staff'] as const;

/** As whom somebody acted, in the word that the pages have for it. */
export const whoKind = (kind: string): (typeof kinds)[number] | 'other' =>
  kinds.find((known) => known === kind) ?? 'other';

/** What came of an opening, as a word with its sign. `now`: epoch milliseconds. */
export function OpeningOutcome({
  opening,
  now,
  className,
}: {
  opening: OpeningView;
  now: number;
  className?: string;
}) {
  const text = useText();
  const phase = phaseOf(opening, now);
  return (
    <Badge
      tone={looks[phase].tone}
      icon={looks[phase].icon}
      {...(className === undefined ? {} : { className })}
    >
      {text(`outcome.${phase}`)}
    </Badge>
  );
}

/** Asked → accepted → confirmed, each in milliseconds after the first. */
export function OpeningTimes({ opening }: { opening: OpeningView }) {
  const text = useText();
  return (
    <span className="tabular-nums whitespace-nowrap">
      {text('activity.asked')}
      {(['accepted', 'confirmed'] as const).map((step) => {
        const afterMs = stepAfterMs(opening, step);
        return (
          <span key={step}>
            <span aria-hidden> → </span>
            <span className="sr-only">{`, ${text(`step.${step}`)} `}</span>
            {afterMs === undefined ? text('activity.notReached') : durationText(afterMs, text)}
          </span>
        );
      })}
    </span>
  );
}
