'use client';

import { ShieldOff } from 'lucide-react';
import type { DoorView } from '@/server/contracts/locks';
import type { TextOf } from '../messages/lookup';
import { useText } from '../messages/provider';
import { useMomentText } from '../time/moment';
import { EmptyState } from '../ui/empty-state';

function whyNotText({ role, whyNot }: DoorView, momentOf: (at: string) => string, text: TextOf): string {
  // Without a reason the right is there, and only this browser may not use it.
  if (whyNot === undefined) return text('open.notAllowed.owner');
  if (whyNot.reason === 'deactivated-home') return text('open.notAllowed.member');
  if (whyNot.next !== undefined) {
    const when = momentOf(whyNot.next);
    return whyNot.reason === 'not-yet-valid'
      ? text('open.notAllowed.begins', { when })
      : text('open.notAllowed.next', { when });
  }
  return text(whyNot.reason === 'expired' ? 'open.notAllowed.ended' : `open.notAllowed.${role}`);
}

/** Says why there is no button, and when there will be one. */
export function NotAllowed({ door }: { door: DoorView }) {
  const text = useText();
  const momentOf = useMomentText(door.timezone);
  return (
    <EmptyState
      icon={ShieldOff}
      title={text('open.notAllowed.title')}
      text={whyNotText(door, momentOf, text)}
    />
  );
}
