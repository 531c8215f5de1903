'use client';

import {
  CalendarClock,
  Check,
  Clock,
  Hourglass,
  type LucideIcon,
  RefreshCw,
  Trash2,
  TriangleAlert,
} from 'lucide-react';
import type { PinView } from '@/server/contracts/pins';
import { capitalised, windowWords } from '../access/window-words';
import type { MessageKey } from '../messages/lookup';
import { usePreferences, useText } from '../messages/provider';
import { useNow } from '../time/clock';
import { useMomentText } from '../time/moment';
import { Badge, type BadgeTone } from '../ui/badge';
import { Button } from '../ui/button';
import { errorWords, pinTitle, stateWords } from './pin-words';

interface Look {
  tone: BadgeTone;
  icon: LucideIcon;
  text: Extract<MessageKey, `pin.state.${string}`>;
}

const byWindow: Partial<Record<PinView['standing'], Look>> = {
  'outside-window': { tone: 'notice', icon: Clock, text: 'pin.state.outside-window' },
  'not-yet-valid': { tone: 'notice', icon: CalendarClock, text: 'pin.state.not-yet-valid' },
  expired: { tone: 'plain', icon: Hourglass, text: 'pin.state.expired' },
};

function lookOf({ state, isInLock, standing }: PinView): Look {
  switch (state) {
    case 'pending':
      return {
        tone: 'unknown',
        icon: RefreshCw,
        text: isInLock ? 'pin.state.changing' : 'pin.state.pending',
      };
    case 'failed':
      return { tone: 'alarm', icon: TriangleAlert, text: 'pin.state.failed' };
    case 'removing':
      return { tone: 'notice', icon: Trash2, text: 'pin.state.removing' };
    case 'set':
      return byWindow[standing] ?? { tone: 'calm', icon: Check, text: 'pin.state.works' };
  }
}

interface PinRowProps {
  pin: PinView;
  zone: string;
  canChange: boolean;
  onChange: (pin: PinView) => void;
  onRemove: (pin: PinView) => void;
}

/** A PIN code: whether the lock has it, when it works, who made it, and what can be done with it. */
export function PinRow({ pin, zone, canChange, onChange, onRemove }: PinRowProps) {
  const text = useText();
  const { hourCycle } = usePreferences();
  const now = useNow(undefined);
  const momentOf = useMomentText(zone);
  const name = pinTitle(pin, text);
  const { tone, icon, text: stateText } = lookOf(pin);
  const told = stateWords(pin, text);
  const isTrouble = pin.state === 'failed' || (pin.state === 'set' && pin.error !== undefined);
  const isFailed = pin.state === 'failed';
  const when = momentOf(pin.createdAt);
  return (
    <li className="flex flex-col gap-3 px-4 py-4 sm:flex-row sm:items-start sm:justify-between sm:gap-6 sm:px-6">
      <div className="flex min-w-0 flex-col gap-1 text-[0.9375rem]">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h3 className="min-w-0 text-base font-semibold break-words">{name}</h3>
          <Badge tone={tone} icon={icon}>
            {text(stateText)}
          </Badge>
        </div>
        <p>{capitalised(windowWords(pin, text, zone, { now, hourCycle }))}</p>
        {pin.nextOpening === undefined || pin.state !== 'set' ? null : (
          <p className="text-ink-soft">{text('pin.nextOpening', { when: momentOf(pin.nextOpening) })}</p>
        )}
        {told === undefined ? null : (
          <p className={isTrouble ? 'text-pretty text-alarm' : 'text-pretty text-ink-soft'}>{told}</p>
        )}
        {pin.state === 'removing' && pin.error !== undefined && pin.error !== 'LOCK_UNREACHABLE' ? (
          <p className="text-pretty text-ink-soft">
            {text('pin.removeFailed', { why: errorWords(pin.error, text) })}
          </p>
        ) : null}
        <p className="text-sm text-ink-faint">
          {pin.createdBy.name === ''
            ? text('pin.madeAt', { when })
            : text('pin.madeBy', { name: pin.createdBy.name, when })}
        </p>
      </div>
      {pin.state === 'removing' ? null : (
        <div className="flex shrink-0 flex-wrap gap-2">
          {pin.state === 'pending' || !canChange ? null : (
            <Button
              onClick={() => onChange(pin)}
              aria-label={text(isFailed ? 'pin.retryOf' : 'pin.changeOf', { name })}
            >
              {text(isFailed ? 'pin.retry' : 'pin.change')}
            </Button>
          )}
          <Button onClick={() => onRemove(pin)} aria-label={text('pin.removeOf', { name })}>
            {text('pin.remove')}
          </Button>
        </div>
      )}
    </li>
  );
}
