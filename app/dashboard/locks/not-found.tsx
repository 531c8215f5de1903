import { DoorClosed } from 'lucide-react';
import { requestMessages } from '@/components/messages/request';
import { buttonClass } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Link } from '@/components/ui/link';

/** A door that is not there, or not the visitor's: both look the same. */
export default async function DoorNotFound() {
  const { text } = await requestMessages();
  return (
    <EmptyState
      icon={DoorClosed}
      level={1}
      title={text('missing.door.title')}
      text={text('missing.door.text')}
    >
      <Link href="/dashboard" className={buttonClass('primary')}>
        {text('failure.back')}
      </Link>
    </EmptyState>
  );
}
