import { ArrowLeft, Users } from 'lucide-react';
import type { Metadata } from 'next';
import { headers } from 'next/headers';
import Link from 'next/link';
import { getRuntime } from '@/app/runtime';
import { requireUser } from '@/app/signed-in';
import { Activity } from '@/components/lock/activity';
import { DoorPanel } from '@/components/lock/door-panel';
import { earlyGestureScript } from '@/components/lock/early-gesture';
import { EarlyScript } from '@/components/lock/early-script';
import { requestMessages } from '@/components/messages/request';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Failure } from '@/server/domain/errors';
import type { Principal } from '@/server/domain/principal';
import { listOpenings } from '@/server/services/locks/list-openings';
import { loadDoor } from './load-door';

interface DoorPageProps {
  params: Promise<{ lockId: string }>;
}

export async function generateMetadata({ params }: DoorPageProps): Promise<Metadata> {
  const { name, homeName } = await loadDoor((await params).lockId);
  return { title: `${name}, ${homeName}` };
}

/** The newest openings; null where the visitor may not see who opened the door. */
async function loadOpenings(principal: Principal, lockId: number) {
  try {
    return await listOpenings(await getRuntime(), principal, { id: lockId });
  } catch (error) {
    if (error instanceof Failure && error.code === 'forbidden') return null;
    throw error;
  }
}

/** The nonce that the gateway's policy grants to scripts of this answer. */
async function scriptNonce(): Promise<string | undefined> {
  const policy = (await headers()).get('content-security-policy') ?? '';
  return /'nonce-([A-Za-z0-9+/_=-]+)'/.exec(policy)?.[1];
}

export default async function DoorPage({ params }: DoorPageProps) {
  const { lockId } = await params;
  const door = await loadDoor(lockId);
  const { principal, userId } = await requireUser(`/dashboard/locks/${lockId}`);
  const [{ text }, nonce, openings] = await Promise.all([
    requestMessages(),
    scriptNonce(),
    loadOpenings(principal, door.lockId),
  ]);
  const script = earlyGestureScript(
    { lockId: door.lockId, name: door.name, isTap: door.gesture === 'tap' },
    text,
  );
  return (
    <div className="flex flex-col gap-6">
      <div>
        <Link
          href="/dashboard"
          className="-my-1.5 inline-flex min-h-11 items-center gap-1.5 rounded-lg pr-2 text-[0.9375rem] text-ink-soft hover:text-ink"
        >
          <ArrowLeft aria-hidden className="size-4.5" />
          {text('nav.doors')}
        </Link>
        <h1 className="text-3xl font-semibold break-words">{door.name}</h1>
        <p className="text-ink-soft">{door.homeName}</p>
      </div>
      <DoorPanel
        key={door.lockId}
        initial={door}
        now={Date.now()}
        earlyScript={
          <EarlyScript>
            {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own text, made by earlyGestureScript */}
            <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: script }} />
          </EarlyScript>
        }
      />
      <Card className="overflow-hidden">
        <section aria-labelledby="activity">
          <div className="border-b border-line px-4 py-4 sm:px-6">
            <h2 id="activity" className="text-xl font-semibold">
              {text('activity.title')}
            </h2>
            <p className="text-sm text-ink-soft">{text('activity.lead')}</p>
          </div>
          {openings === null ? (
            <EmptyState
              icon={Users}
              level={3}
              title={text('activity.hidden.title')}
              text={text('activity.hidden.text')}
            />
          ) : (
            <Activity
              key={door.lockId}
              lockId={door.lockId}
              initial={openings}
              zone={door.timezone}
              userId={userId}
            />
          )}
        </section>
      </Card>
    </div>
  );
}
