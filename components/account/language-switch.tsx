'use client';

import { clsx } from 'clsx';
import { useRouter } from 'next/navigation';
import type { Language } from '../messages/lookup';
import { chooseLanguage, languageNames, languages } from './languages';

/** Another language for these pages, kept in this browser. */
export function LanguageSwitch({ current, label }: { current: Language; label: string }) {
  const router = useRouter();
  return (
    <fieldset className="flex justify-center gap-1">
      <legend className="sr-only">{label}</legend>
      {languages.map((language) => (
        <button
          key={language}
          type="button"
          lang={language}
          aria-pressed={language === current}
          onClick={() => {
            chooseLanguage(language);
            router.refresh();
          }}
          className={clsx(
            'min-h-11 rounded-lg px-3 text-sm',
            language === current ? 'font-medium text-ink' : 'text-ink-soft underline underline-offset-4',
          )}
        >
          {languageNames[language]}
        </button>
      ))}
    </fieldset>
  );
}
