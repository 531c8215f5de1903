import { DoorClosed, ShieldOff } from 'lucide-react';
import type { DoorView } from '@/server/contracts/locks';
import type { TextOf } from '../messages/lookup';
import { buttonClass } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { Link } from '../ui/link';

/** Says why there is no button. */
export function NotAllowed({ role, text }: { role: DoorView['role']; text: TextOf }) {
  return (
    <EmptyState
      icon={ShieldOff}
      title={text('open.notAllowed.title')}
      text={text(`open.notAllowed.${role}`)}
    />
  );
}

/** Stands where a door was that is no longer this person's to see. */
export function DoorGone({ text }: { text: TextOf }) {
  return (
    <EmptyState icon={DoorClosed} title={text('missing.door.title')} text={text('missing.door.text')}>
      <Link href="/dashboard" className={buttonClass('primary')}>
        {text('failure.back')}
      </Link>
    </EmptyState>
  );
}
