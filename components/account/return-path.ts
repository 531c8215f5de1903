import { homePath, safeReturnPath } from './safe-return-path';

/** Cookie that keeps where somebody wanted to go while the address is being confirmed by mail. */
export const returnCookie = 'latchkey-return';

const daySeconds = 86_400;

/** Remembers in this browser where to go after the way over the mailbox. */
export function rememberReturn(path: string): void {
  if (path === homePath) return;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is too young for phones still in use
  document.cookie = `${returnCookie}=${encodeURIComponent(path)}; path=/; max-age=${daySeconds}; samesite=lax`;
}

/** Where to go, as this browser remembered it. */
export const rememberedReturn = (cookie: string | undefined): string => safeReturnPath(cookie);

/** Address of a page of the account that keeps where somebody wants to go. */
export function withReturn(page: string, returnPath: string): string {
  if (returnPath === homePath) return page;
  return `${page}${page.includes('?') ? '&' : '?'}callbackUrl=${encodeURIComponent(returnPath)}`;
}
