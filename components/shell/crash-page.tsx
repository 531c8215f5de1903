'use client';

import { useEffect, useSyncExternalStore } from 'react';
import { crashLanguageOf, crashTexts } from '../messages/crash';
import type { Language } from '../messages/lookup';
import { Button } from '../ui/button';
import { referenceOf } from './reference';

const never = () => () => {};

/** What stands where the layout itself failed: nothing of it is used here, nor its texts. */
export function CrashPage({ error, retry }: { error: unknown; retry: () => void }) {
  const language = useSyncExternalStore<Language>(
    never,
    () => crashLanguageOf(navigator.language),
    () => 'en',
  );
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const texts = crashTexts[language];
  const reference = referenceOf(error);
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col items-center justify-center gap-4 px-4 text-center">
      <title>{texts['failure.page.title']}</title>
      <h1 className="text-2xl font-semibold">{texts['failure.page.title']}</h1>
      <p className="text-ink-soft">{texts['failure.page.text']}</p>
      <Button kind="primary" onClick={retry}>
        {texts['failure.retry']}
      </Button>
      {reference === undefined ? null : (
        <p className="text-sm text-ink-soft">{texts['failure.reference'].replace('{id}', reference)}</p>
      )}
    </main>
  );
}
