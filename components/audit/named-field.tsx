'use client';

import { useQuery } from '@tanstack/react-query';
import { clsx } from 'clsx';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useText } from '../messages/provider';
import { FieldFrame, fieldClass } from '../ui/field';
import { type Choice, choicesOf, type Named, searchOf } from './names';

interface NamedFieldProps {
  name: string;
  label: string;
  hint: string;
  error: string | undefined;
  /** What the address asks for, and what it is called, if that is known. */
  given: string;
  givenName: string | undefined;
  named: Named;
  /** Nothing can be typed now. */
  isHeld: boolean;
}

const restMs = 250;
const moves: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/**
 * A field of a filter that is filled by name: what is typed is looked for, and what is found is chosen from a list. What
 * was chosen goes along in `<name>.chosen`; who sends a name as it was typed is asked which one is meant.
 */
export function NamedField({ name, label, hint, error, given, givenName, named, isHeld }: NamedFieldProps) {
  const text = useText();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [chosen, setChosen] = useState(
    givenName === undefined ? undefined : { value: given, name: givenName },
  );
  const [typed, setTyped] = useState(givenName ?? given);
  const [asked, setAsked] = useState('');
  const [isOpen, setIsOpen] = useState(false);
  const [active, setActive] = useState(-1);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(typed.trim()), restMs);
    return () => clearTimeout(timer);
  }, [typed]);
  useEffect(() => {
    // What is wrong with a name is that it may mean several: they are shown.
    if (error !== undefined && document.activeElement === input.current) setIsOpen(true);
  }, [error]);
  const search = searchOf(asked, named);
  const { data } = useQuery({ ...search, enabled: search.enabled && chosen === undefined });
  const choices = chosen === undefined ? choicesOf(asked, named, data?.items ?? []) : [];
  const isShown = isOpen && choices.length > 0;
  const choose = (choice: Choice) => {
    setChosen(choice);
    setTyped(choice.name);
    setIsOpen(false);
    setActive(-1);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const move = moves[event.key];
    if (move !== undefined && choices.length > 0) {
      event.preventDefault();
      setIsOpen(true);
      setActive((active + move + choices.length + (active < 0 && move < 0 ? 1 : 0)) % choices.length);
    } else if (event.key === 'Escape' && isShown) {
      event.preventDefault();
      setIsOpen(false);
      setActive(-1);
    } else if (event.key === 'Enter' && isShown) {
      const choice = choices[active];
      if (choice === undefined) return;
      event.preventDefault();
      choose(choice);
    }
  };
  return (
    <div className="relative max-sm:col-span-full">
      <FieldFrame id={id} label={label} error={error} hint={chosen?.value ?? hint}>
        {(described) => (
          <input
            id={id}
            {...described}
            ref={input}
            name={name}
            className={clsx(fieldClass(error !== undefined), 'h-12')}
            role="combobox"
            aria-expanded={isShown}
            aria-controls={`${id}-list`}
            aria-autocomplete="list"
            aria-activedescendant={isShown && active >= 0 ? `${id}-${active}` : undefined}
            autoComplete="off"
            spellCheck={false}
            value={typed}
            readOnly={isHeld}
            onChange={({ target }) => {
              setTyped(target.value);
              setChosen(undefined);
              setIsOpen(true);
              setActive(-1);
            }}
            onKeyDown={onKeyDown}
            onBlur={() => setIsOpen(false)}
          />
        )}
      </FieldFrame>
      <input type="hidden" name={`${name}.chosen`} value={chosen?.value ?? ''} />
      <p role="status" className="sr-only">
        {isShown ? text('audit.filter.found', { count: choices.length }) : ''}
      </p>
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={label}
        hidden={!isShown}
        className="absolute inset-x-0 top-full z-20 mt-1 max-h-80 overflow-y-auto rounded-2xl border border-line bg-surface p-1.5 shadow-float"
      >
        {choices.map((choice, index) => (
          // The field keeps the focus and handles the keys.
          // biome-ignore lint/a11y/useFocusableInteractive: the active option is named by the field
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field handles the keys
          <div
            key={choice.value}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            className={clsx(
              'flex min-h-11 cursor-pointer flex-col justify-center rounded-xl px-3 py-1.5 hover:bg-sunken',
              index === active && 'bg-sunken',
            )}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(choice)}
          >
            <span className="break-words">{choice.name}</span>
            <span className="text-sm break-words text-ink-soft">
              {[choice.value, choice.detail].filter((part) => part !== '').join(' · ')}
            </span>
          </div>
        ))}
      </div>
    </div>
  );
}
