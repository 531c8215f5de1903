import type { ReactNode } from 'react';
import { DoorHeading } from '../door-heading';
import { DoorTabs } from '../door-tabs';
import { loadDoor } from '../load-door';

interface DoorPartLayoutProps {
  params: Promise<{ lockId: string }>;
  children: ReactNode;
}

/** Frame of the pages about a door that do not show the door itself. */
export default async function DoorPartLayout({ params, children }: DoorPartLayoutProps) {
  const door = await loadDoor((await params).lockId);
  return (
    <div className="flex flex-col gap-6">
      <DoorHeading door={door} />
      <DoorTabs door={door} />
      {children}
    </div>
  );
}
