'use client';

import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { api } from '../hooks/api';
import { useAction } from '../hooks/use-action';
import type { Language } from '../messages/lookup';
import { usePreferences, useText } from '../messages/provider';
import { Select } from '../ui/select';
import { chooseLanguage, languageNames, languages } from './languages';
import { Section } from './section';

/** The language of the pages and of mails, kept with the account and in this browser. */
export function LanguageSection({ userId }: { userId: number }) {
  const text = useText();
  const router = useRouter();
  const { language } = usePreferences();
  const [chosen, setChosen] = useState(language);
  const latest = useRef(language);
  const kept = useRef(language);
  const { run } = useAction(
    (wanted: Language) => api('users.update', { params: { userId }, body: { language: wanted } }),
    { done: text('account.language.saved'), queues: true },
  );
  const change = async (wanted: Language) => {
    latest.current = wanted;
    setChosen(wanted);
    const isSaved = await run(wanted);
    if (isSaved) kept.current = wanted;
    // Another choice has been made meanwhile, which is carried out next.
    if (latest.current !== wanted) return;
    if (!isSaved) return setChosen(kept.current);
    chooseLanguage(wanted);
    router.refresh();
  };
  return (
    <Section title={text('account.language.title')} text={text('account.language.text')}>
      <div className="py-5">
        <Select
          label={text('account.language.label')}
          className="max-w-sm"
          value={chosen}
          onChange={({ target }) => {
            const wanted = languages.find((known) => known === target.value);
            if (wanted !== undefined) void change(wanted);
          }}
        >
          {languages.map((known) => (
            <option key={known} value={known} lang={known}>
              {languageNames[known]}
            </option>
          ))}
        </Select>
      </div>
    </Section>
  );
}
