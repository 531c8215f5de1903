'use client';

import type { MessageTemplate } from '@/server/contracts/message-templates';
import type { MessageKind, ValuesOf } from '@/server/contracts/message-words';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';

type ValueName = { [Kind in MessageKind]: keyof ValuesOf<Kind> }[MessageKind];

interface PlaceholderListProps {
  template: Pick<MessageTemplate, 'values' | 'needs'>;
  mayChange: boolean;
  onInsert: (placeholder: string) => void;
}

/** What a message is filled with; a press puts a placeholder where the text is being written. */
export function PlaceholderList({ template: { values, needs }, mayChange, onInsert }: PlaceholderListProps) {
  const text = useText();
  return (
    <section aria-label={text('wording.values')} className="rounded-xl bg-sunken/60 px-3 py-2">
      <p className="text-sm text-ink-soft">{text('wording.values.lead')}</p>
      <ul className="flex flex-col">
        {values.map((name) => {
          const placeholder = `{{${name}}}`;
          const isNeeded = needs.includes(name);
          return (
            <li key={name} className="flex min-h-11 flex-wrap items-center gap-x-3 text-sm">
              {mayChange ? (
                <Button
                  kind="quiet"
                  className="px-2! font-mono text-sm!"
                  aria-label={text('wording.insert', { name: placeholder })}
                  onClick={() => onInsert(placeholder)}
                >
                  {placeholder}
                </Button>
              ) : (
                <code className="px-2 font-mono">{placeholder}</code>
              )}
              <span className="min-w-0 text-ink-soft">
                {text(`wording.value.${name as ValueName}`)}
                {isNeeded ? ` · ${text('wording.needed')}` : ''}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
