import type { hub as en } from '../en/hub';

/** Norwegian texts of hubs and pairing. */
export const hub: Readonly<Record<keyof typeof en, string>> = {};
