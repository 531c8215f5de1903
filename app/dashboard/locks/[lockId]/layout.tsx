import type { ReactNode } from 'react';
import { loadDoor } from './load-door';

interface DoorLayoutProps {
  params: Promise<{ lockId: string }>;
  children: ReactNode;
}

/** Settles here, before anything is sent, whether there is such a door: the answer's status can still say so. */
export default async function DoorLayout({ params, children }: DoorLayoutProps) {
  await loadDoor((await params).lockId);
  return children;
}
