import type { Metadata } from 'next';
import { LatencyFigures } from '@/components/access/latency';
import { SettingsBoard } from '@/components/access/settings-board';
import { AreaTexts } from '@/components/messages/area-texts';
import { requestMessages } from '@/components/messages/request';
import { getDoorLatency } from '@/server/services/locks/get-door-latency';
import { getDoorSettings } from '@/server/services/locks/get-door-settings';
import { loadDoor } from '../../load-door';
import { loadPart } from '../part';

interface SettingsPageProps {
  params: Promise<{ lockId: string }>;
}

export async function generateMetadata({ params }: SettingsPageProps): Promise<Metadata> {
  const [{ name }, { text }] = await Promise.all([loadDoor((await params).lockId), requestMessages()]);
  return { title: `${text('door.tab.settings')}, ${name}` };
}

/** What is set at this door, how fast it opens, and what is known of its lock. */
export default async function SettingsPage({ params }: SettingsPageProps) {
  const { text } = await requestMessages();
  const { door, data } = await loadPart(
    (await params).lockId,
    'settings',
    async (deps, caller, { lockId }) => {
      const input = { params: { id: lockId }, query: undefined, body: undefined };
      const [settings, latency] = await Promise.all([
        getDoorSettings(deps, caller, input),
        getDoorLatency(deps, caller, input),
      ]);
      return { settings, latency };
    },
  );
  return (
    <AreaTexts of={['access', 'facts']}>
      <SettingsBoard
        key={door.lockId}
        homeId={door.homeId}
        cursor={door.cursor}
        isOwner={door.role === 'owner'}
        initial={data.settings}
        now={Date.now()}
        latency={<LatencyFigures latency={data.latency} text={text} />}
      />
    </AreaTexts>
  );
}
