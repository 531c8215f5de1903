import type { Metadata } from 'next';
import { CredentialProvider } from '@/components/docs/credential';
import { Guides } from '@/components/docs/guides';
import { Operation } from '@/components/docs/operation';
import { type OpenApi, readReference } from '@/components/docs/reference';
import { AreaTexts } from '@/components/messages/area-texts';
import type { MessageKey } from '@/components/messages/lookup';
import { requestMessages } from '@/components/messages/request';
import { Link } from '@/components/ui/link';
import document from '@/public/openapi.json';

export async function generateMetadata(): Promise<Metadata> {
  const { text } = await requestMessages();
  return { title: text('docs.title') };
}

const guides = ['credentials', 'websockets', 'live', 'mqtt', 'shadows'] as const;

/** The API reference, made from the OpenAPI document, with a way to try each call on the running system. */
export default async function DocsPage() {
  const { text, dictionary } = await requestMessages();
  const operations = readReference(document as unknown as OpenApi);
  const tags = [...new Set(operations.map(({ tag }) => tag))];
  const titleOf = (tag: string): string => dictionary[`docs.tag.${tag}` as MessageKey] ?? tag;
  return (
    <main id="content" className="mx-auto flex max-w-6xl flex-col gap-8 px-4 pt-8 pb-24 sm:px-6">
      <header className="flex flex-col gap-2">
        <h1 className="text-3xl font-bold">{text('docs.title')}</h1>
        <p className="max-w-prose text-ink-soft">
          {text('docs.lead')}{' '}
          <Link href="/openapi.json" className="underline">
            openapi.json
          </Link>
          .
        </p>
      </header>
      <nav aria-label={text('docs.sections')} className="flex flex-wrap gap-2">
        {[...tags, ...guides].map((tag) => (
          <a
            key={tag}
            href={`#${tag}`}
            className="inline-flex min-h-11 items-center rounded-xl border border-line px-3 text-sm hover:bg-sunken"
          >
            {guides.some((guide) => guide === tag)
              ? text(`docs.${tag as (typeof guides)[number]}`)
              : titleOf(tag)}
          </a>
        ))}
      </nav>
      <AreaTexts of={['docs']}>
        <CredentialProvider>
          {tags.map((tag) => (
            <section key={tag} id={tag} className="flex flex-col gap-3">
              <h2 className="text-xl font-semibold">{titleOf(tag)}</h2>
              {operations
                .filter((operation) => operation.tag === tag)
                .map((operation) => (
                  <Operation key={operation.id} operation={operation} text={text} />
                ))}
            </section>
          ))}
        </CredentialProvider>
      </AreaTexts>
      <Guides text={text} />
    </main>
  );
}
