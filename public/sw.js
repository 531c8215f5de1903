// The worker of the installed app. It keeps scripts, styles and the page that says "offline", and nothing else: no
// answer of the API, no state of a door, and no request that could be sent later.
const version = 1;
const shell = `shell-${version}`;
const assets = `assets-${version}`;
const assetsMost = 250;
const offlinePages = ['/offline/en.html', '/offline/nb.html'];

const offlinePage = () => {
  const isNorwegian = /^(nb|no|nn)\b/i.test(self.navigator.language ?? '');
  return offlinePages[isNorwegian ? 1 : 0];
};

self.addEventListener('install', (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(shell);
      await cache.addAll(offlinePages.map((page) => new Request(page, { cache: 'reload' })));
      await self.skipWaiting();
    })(),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      const kept = new Set([shell, assets]);
      for (const name of await caches.keys()) if (!kept.has(name)) await caches.delete(name);
      await self.registration.navigationPreload?.enable();
      await self.clients.claim();
    })(),
  );
});

/** A page comes from the network or not at all; without one, the page that says so. */
async function navigate(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch {
    return (await caches.match(offlinePage(), { cacheName: shell })) ?? Response.error();
  }
}

/** Files whose name changes with their content. */
async function asset(request) {
  const cache = await caches.open(assets);
  const known = await cache.match(request);
  if (known !== undefined) return known;
  const answer = await fetch(request);
  if (answer.ok && answer.type === 'basic') {
    await cache.put(request, answer.clone());
    const keys = await cache.keys();
    await Promise.all(keys.slice(0, Math.max(0, keys.length - assetsMost)).map((key) => cache.delete(key)));
  }
  return answer;
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET') return;
  if (request.mode === 'navigate') return event.respondWith(navigate(event));
  const { origin, pathname } = new URL(request.url);
  if (origin === self.location.origin && pathname.startsWith('/_next/static/')) {
    event.respondWith(asset(request));
  }
});

const pathIn = (data) =>
  typeof data?.path === 'string' && /^\/dashboard(\/|$)/.test(data.path) ? data.path : '/dashboard';

self.addEventListener('push', (event) => {
  let told = {};
  try {
    told = event.data?.json() ?? {};
  } catch {
    // A message that cannot be read still has to be shown as something.
  }
  const title = typeof told.title === 'string' ? told.title : 'Latchkey';
  event.waitUntil(
    self.registration.showNotification(title, {
      body: typeof told.body === 'string' ? told.body : '',
      icon: '/icons/icon-192.png',
      badge: '/icons/icon-192.png',
      data: { path: pathIn(told) },
      ...(typeof told.tag === 'string' ? { tag: told.tag, renotify: true } : {}),
    }),
  );
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const address = new URL(pathIn(event.notification.data), self.location.origin).href;
  event.waitUntil(
    (async () => {
      const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
      const open = windows.find(({ url }) => url.split('#')[0] === address);
      if (open !== undefined) await open.focus();
      else await self.clients.openWindow(address);
    })(),
  );
});
