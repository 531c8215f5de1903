import type { Metadata } from 'next';
import { LinkBoard } from '@/components/access/link-board';
import { AreaTexts } from '@/components/messages/area-texts';
import { requestMessages } from '@/components/messages/request';
import { zoneOf } from '@/server/domain/access/zone';
import { listLinks } from '@/server/services/links/list-links';
import { listDoors } from '@/server/services/locks/list-doors';
import { loadDoor } from '../../load-door';
import { loadPart } from '../part';

interface LinksPageProps {
  params: Promise<{ lockId: string }>;
}

export async function generateMetadata({ params }: LinksPageProps): Promise<Metadata> {
  const [{ name }, { text }] = await Promise.all([loadDoor((await params).lockId), requestMessages()]);
  return { title: `${text('links.title')}, ${name}` };
}

/** The guest links of this door. */
export default async function LinksPage({ params }: LinksPageProps) {
  const { door, data } = await loadPart((await params).lockId, 'links', async (deps, caller, { lockId }) => {
    const query = { lockId, revoked: 'true' as const };
    const [links, doors] = await Promise.all([
      listLinks(deps, caller, { params: undefined, query, body: undefined }),
      listDoors(deps, caller),
    ]);
    return { links: links.tempKeys, doors: doors.items };
  });
  return (
    <AreaTexts of={['access']}>
      <LinkBoard
        key={door.lockId}
        lockId={door.lockId}
        homeId={door.homeId}
        cursor={door.cursor}
        zone={zoneOf(door.timezone).zone}
        doors={data.doors
          .filter(({ homeId }) => homeId === door.homeId)
          .map(({ lockId, name }) => ({ lockId, name }))}
        initial={data.links}
        now={Date.now()}
      />
    </AreaTexts>
  );
}
