'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
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
  const { run, isBusy } = useAction(
    (wanted: Language) => api('users.update', { params: { userId }, body: { language: wanted } }),
    { done: text('account.language.saved') },
  );
  const change = async (wanted: Language) => {
    setChosen(wanted);
    if (!(await run(wanted))) return setChosen(language);
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
          disabled={isBusy}
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
