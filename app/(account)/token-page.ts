import 'server-only';
import type { Metadata } from 'next';
import type { MessageKey } from '@/components/messages/lookup';
import { requestMessages } from '@/components/messages/request';

export interface TokenPageProps {
  searchParams: Promise<{ token?: string | string[]; callbackUrl?: string | string[] }>;
}

/** The token of the address; undefined: the page was opened without one. */
export async function tokenOf(searchParams: TokenPageProps['searchParams']): Promise<string | undefined> {
  const { token } = await searchParams;
  return typeof token === 'string' && token !== '' ? token : undefined;
}

/** Title of a page whose address holds a token, which no other page is told. */
export async function tokenPageMetadata(title: MessageKey): Promise<Metadata> {
  const { text } = await requestMessages();
  // Every title that is named here stands alone.
  return { title: (text as (key: MessageKey) => string)(title), referrer: 'no-referrer' };
}
