import { DoorClosed } from 'lucide-react';
import type { TextOf } from '../messages/lookup';
import { buttonClass } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { Link } from '../ui/link';

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
