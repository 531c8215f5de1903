import type { ReactNode } from 'react';
import type { Area } from './lookup';
import { MoreMessages } from './provider';
import { requestMessages, textsOf } from './request';

/** Sends the texts of these areas along with the page, for the components below. */
export async function AreaTexts({ of, children }: { of: readonly Area[]; children: ReactNode }) {
  const { language } = await requestMessages();
  return <MoreMessages dictionary={textsOf(language, of)}>{children}</MoreMessages>;
}
