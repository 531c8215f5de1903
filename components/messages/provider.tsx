'use client';

import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { type Language, type PartOfDictionary, type TextOf, textOf } from './lookup';

export interface Preferences {
  language: Language;
  hourCycle: 12 | 24;
}
interface Messages extends Preferences {
  dictionary: PartOfDictionary;
  text: TextOf;
}

const MessagesContext = createContext<Messages | undefined>(undefined);

interface MessagesProviderProps extends Preferences {
  dictionary: PartOfDictionary;
  children: ReactNode;
}

/** Gives the components below the texts of one language, sent with the page so that nothing else of it is loaded. */
export function MessagesProvider({ dictionary, language, hourCycle, children }: MessagesProviderProps) {
  const messages = useMemo(
    () => ({ dictionary, text: textOf(dictionary), language, hourCycle }),
    [dictionary, language, hourCycle],
  );
  return <MessagesContext value={messages}>{children}</MessagesContext>;
}

function useMessages(): Messages {
  const messages = useContext(MessagesContext);
  if (messages === undefined)
    throw new Error('useText and usePreferences need a MessagesProvider above them');
  return messages;
}

/** Adds texts to those from above; `AreaTexts` sends them. */
export function MoreMessages({
  dictionary,
  children,
}: {
  dictionary: PartOfDictionary;
  children: ReactNode;
}) {
  const above = useMessages();
  const messages = useMemo(() => {
    const all = { ...above.dictionary, ...dictionary };
    return { ...above, dictionary: all, text: textOf(all) };
  }, [above, dictionary]);
  return <MessagesContext value={messages}>{children}</MessagesContext>;
}

/** The lookup of the page's language. */
export const useText = (): TextOf => useMessages().text;

/** How the reader writes times. */
export const usePreferences = (): Preferences => useMessages();
