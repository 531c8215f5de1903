'use client';

import './globals.css';
import { useSyncExternalStore } from 'react';
import { crashLanguageOf, crashTexts } from '@/components/messages/crash';
import type { Language } from '@/components/messages/lookup';
import { referenceOf } from '@/components/shell/reference';
import { Button } from '@/components/ui/button';

const never = () => () => {};

/** The page of last resort: the layout itself failed, so nothing of it is used here. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  const language = useSyncExternalStore<Language>(
    never,
    () => crashLanguageOf(navigator.language),
    () => 'en',
  );
  const texts = crashTexts[language];
  const reference = referenceOf(error);
  return (
    <html lang={language}>
      <body>
        <title>{texts['failure.page.title']}</title>
        <main className="mx-auto flex min-h-dvh max-w-md flex-col items-center justify-center gap-4 px-4 text-center">
          <h1 className="text-2xl font-semibold">{texts['failure.page.title']}</h1>
          <p className="text-ink-soft">{texts['failure.page.text']}</p>
          <Button kind="primary" onClick={retry}>
            {texts['failure.retry']}
          </Button>
          {reference === undefined ? null : (
            <p className="text-sm text-ink-soft">{texts['failure.reference'].replace('{id}', reference)}</p>
          )}
        </main>
      </body>
    </html>
  );
}
