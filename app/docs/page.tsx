import type { Metadata } from 'next';
import Link from 'next/link';
import { CredentialProvider } from '@/components/docs/credential';
import { Guides } from '@/components/docs/guides';
import { Operation } from '@/components/docs/operation';
import { type OpenApi, readReference } from '@/components/docs/reference';
import document from '@/public/openapi.json';

export const metadata: Metadata = { title: 'API reference' };

const titles: Record<string, string> = {
  users: 'Users',
  auth: 'Authentication',
  userSession: 'User session',
  homes: 'Homes',
  devices: 'Devices',
  deviceRegistration: 'Device registration',
  locks: 'Locks',
};

/** The API reference, made from the OpenAPI document, with a way to try each call on the running system. */
export default function DocsPage() {
  const operations = readReference(document as unknown as OpenApi);
  const tags = [...new Set(operations.map(({ tag }) => tag))];
  return (
    <main id="content" className="mx-auto flex max-w-6xl flex-col gap-8 px-4 pt-8 pb-24 sm:px-6" lang="en">
      <header className="flex flex-col gap-2">
        <h1 className="text-3xl font-bold">API reference</h1>
        <p className="max-w-prose text-ink-soft">
          Homes, devices, doors and what happens to them, by HTTP, WebSocket and MQTT. The same as a document:{' '}
          <Link href="/openapi.json" prefetch={false} className="underline">
            openapi.json
          </Link>
          .
        </p>
      </header>
      <nav aria-label="Sections" className="flex flex-wrap gap-2">
        {[...tags, 'credentials', 'websockets', 'live', 'mqtt', 'shadows'].map((tag) => (
          <a
            key={tag}
            href={`#${tag}`}
            className="inline-flex min-h-11 items-center rounded-xl border border-line px-3 text-sm hover:bg-sunken"
          >
            {titles[tag] ?? tag}
          </a>
        ))}
      </nav>
      <CredentialProvider>
        {tags.map((tag) => (
          <section key={tag} id={tag} className="flex flex-col gap-3">
            <h2 className="text-xl font-semibold">{titles[tag] ?? tag}</h2>
            {operations
              .filter((operation) => operation.tag === tag)
              .map((operation) => (
                <Operation key={operation.id} operation={operation} />
              ))}
          </section>
        ))}
      </CredentialProvider>
      <Guides />
    </main>
  );
}
