'use client';

import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { type Dictionary, type Language, type TextOf, textOf } from './lookup';

export interface Preferences {
  language: Language;
  hourCycle: 12 | 24;
}
interface Messages extends Preferences {
  text: TextOf;
}

const MessagesContext = createContext<Messages | undefined>(undefined);

interface MessagesProviderProps extends Preferences {
  dictionary: Dictionary;
  children: ReactNode;
}

/** Gives the components below the texts of one language, sent with the page so that no other language is loaded. */
export function MessagesProvider({ dictionary, language, hourCycle, children }: MessagesProviderProps) {
  const messages = useMemo(
    () => ({ text: textOf(dictionary), language, hourCycle }),
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

/** The lookup of the page's language. */
export const useText = (): TextOf => useMessages().text;

/** How the reader writes times. */
export const usePreferences = (): Preferences => useMessages();
