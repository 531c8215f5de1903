import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { DoorGone } from '@/components/lock/door-absent';
import { DoorPanel } from '@/components/lock/door-panel';
import { earlyGestureScript } from '@/components/lock/early-gesture';
import { EarlyScript } from '@/components/lock/early-script';
import { requestMessages } from '@/components/messages/request';
import { DoorHeading } from '../door-heading';
import { DoorTabs } from '../door-tabs';
import { loadDoor } from '../load-door';

/** The nonce that the gateway's policy grants to scripts of this answer. */
async function scriptNonce(): Promise<string | undefined> {
  const policy = (await headers()).get('content-security-policy') ?? '';
  return /'nonce-([A-Za-z0-9+/_=-]+)'/.exec(policy)?.[1];
}

interface DoorLayoutProps {
  params: Promise<{ lockId: string }>;
  children: ReactNode;
}

/**
 * The door itself. It stands in the layout, above every loading boundary, for two reasons: it is in the first paint, and
 * whether there is such a door is settled before anything is sent, so that the status of the answer can say it.
 */
export default async function DoorLayout({ params, children }: DoorLayoutProps) {
  const door = await loadDoor((await params).lockId);
  const [{ text }, nonce] = await Promise.all([requestMessages(), scriptNonce()]);
  const script = earlyGestureScript({ lockId: door.lockId, name: door.name, gesture: door.gesture }, text);
  return (
    <div className="flex flex-col gap-6">
      <DoorHeading door={door} />
      <DoorTabs door={door} />
      <DoorPanel
        key={door.lockId}
        initial={door}
        now={Date.now()}
        gone={<DoorGone text={text} />}
        earlyScript={
          <EarlyScript>
            {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own text, made by earlyGestureScript */}
            <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: script }} />
          </EarlyScript>
        }
      />
      {children}
    </div>
  );
}
