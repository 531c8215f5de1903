import { ArrowLeft } from 'lucide-react';
import { DoorName } from '@/components/lock/door-name';
import { requestMessages } from '@/components/messages/request';
import { Link } from '@/components/ui/link';
import type { DoorView } from '@/server/contracts/locks';

/** Name of the door and of its home, and the way back. */
export async function DoorHeading({ door }: { door: DoorView }) {
  const { text } = await requestMessages();
  return (
    <div>
      <Link
        href="/dashboard"
        className="-my-1.5 inline-flex min-h-11 items-center gap-1.5 rounded-lg pr-2 text-[0.9375rem] text-ink-soft hover:text-ink"
      >
        <ArrowLeft aria-hidden className="size-4.5" />
        {text('nav.doors')}
      </Link>
      <h1 className="text-3xl font-semibold break-words">
        <DoorName lockId={door.lockId} name={door.name} madeAt={Date.now()} />
      </h1>
      <p className="text-ink-soft">
        <Link href={`/dashboard/homes/${door.homeId}`} className="rounded underline-offset-4 hover:underline">
          {door.homeName}
        </Link>
      </p>
    </div>
  );
}
