import { getRuntime } from '@/app/runtime';
import { signedIn } from '@/app/signed-in';
import { requestMessages } from '@/components/messages/request';
import { listDoors } from '@/server/services/locks/list-doors';

const shortcutsMost = 4;

/** The visitor's favourite doors that are to be seen now, in their order. */
async function favourites(): Promise<{ lockId: number; name: string }[]> {
  const user = await signedIn();
  if (user === null) return [];
  const { items } = await listDoors(await getRuntime(), user);
  return items.filter(({ favourite }) => favourite === true).slice(0, shortcutsMost);
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
