import { requestMessages } from '@/components/messages/request';
import { Tabs } from '@/components/shell/tabs';
import type { DoorView } from '@/server/contracts/locks';

/** The way between the pages of one door. Guests see the door and what they did there. */
export async function DoorTabs({ door }: { door: DoorView }) {
  const { text } = await requestMessages();
  const path = `/dashboard/locks/${door.lockId}`;
  const parts =
    door.role === 'guest'
      ? (['door', 'activity'] as const)
      : ([
          ...(['door', 'access', 'links'] as const),
          ...(door.takesPins === true ? (['pins'] as const) : []),
          ...(['activity', 'settings'] as const),
        ] as const);
  return (
    <Tabs
      label={text('nav.door')}
      tabs={parts.map((part) => ({
        href: part === 'door' ? path : `${path}/${part}`,
        label: text(`door.tab.${part}`),
      }))}
    />
  );
}
