import { notFound } from 'next/navigation';
import { AreaTexts } from '@/components/messages/area-texts';
import { requestMessages } from '@/components/messages/request';
import { readConfig } from '@/server/config';
import { Gallery } from './gallery';

/** Every state with fixed data; only while the demo is on (model 6). */
export default async function GalleryPage() {
  const { text } = await requestMessages();
  if (!readConfig().LATCHKEY_DEMO) notFound();
  return (
    <main id="content" className="mx-auto flex max-w-7xl flex-col gap-10 px-4 py-8 sm:px-6">
      <div>
        <h1 className="text-3xl font-semibold">{text('gallery.title')}</h1>
        <p className="text-ink-soft">{text('gallery.lead')}</p>
      </div>
      <AreaTexts of={['dev']}>
        <Gallery />
      </AreaTexts>
    </main>
  );
}
