'use client';

import { later } from '../ui/later';

/** Loaded after the page, which it never delays. */
export const OwnBrowser = later(async () => (await import('./own-browser')).OwnBrowser);

/** Above every page that staff see through somebody's eyes; owners' own browsers never fetch it. */
export const LookBanner = later(async () => (await import('../look/look-banner')).LookBanner);
