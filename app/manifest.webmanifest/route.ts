import { asc, eq } from 'drizzle-orm';
import { getRuntime } from '@/app/runtime';
import { signedIn } from '@/app/signed-in';
import { requestMessages } from '@/components/messages/request';
import { favouriteDoors } from '@/drizzle/schema';
import { listDoors } from '@/server/services/locks/list-doors';

const shortcutsMost = 4;

/** The visitor's favourite doors that are still to be seen, in their order. */
async function favourites(): Promise<{ lockId: number; name: string }[]> {
  const user = await signedIn();
  if (user === null) return [];
  const deps = await getRuntime();
  const [rows, { items }] = await Promise.all([
    deps.db
      .select({ lockId: favouriteDoors.lockId })
      .from(favouriteDoors)
      .where(eq(favouriteDoors.userId, user.userId))
      .orderBy(asc(favouriteDoors.place), asc(favouriteDoors.lockId)),
    listDoors(deps, user.principal),
  ]);
  return rows
    .flatMap(({ lockId }) => items.find((door) => door.lockId === lockId) ?? [])
    .slice(0, shortcutsMost)
    .map(({ lockId, name }) => ({ lockId, name }));
}

/** The installed app: its name, its looks, and a shortcut to each favourite door of whoever is signed in. */
export async function GET() {
  const { text, language } = await requestMessages();
  const icon = { src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png' };
  const manifest = {
    id: '/dashboard',
    name: text('app.name'),
    short_name: text('app.name'),
    description: text('app.description'),
    lang: language,
    start_url: '/dashboard',
    scope: '/',
    display: 'standalone',
    background_color: '#f9f8f5',
    theme_color: '#0b5a4e',
    icons: [
      icon,
      { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png' },
      { src: '/icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
    shortcuts: (await favourites()).map(({ lockId, name }) => ({
      name,
      url: `/dashboard/locks/${lockId}`,
      icons: [icon],
    })),
  };
  return new Response(JSON.stringify(manifest), {
    headers: {
      'Content-Type': 'application/manifest+json; charset=utf-8',
      'Cache-Control': 'private, no-cache',
      Vary: 'Accept-Language, Cookie',
    },
  });
}
