import type { home as en } from '../en/home';

/** Norwegian texts of homes and their settings. */
export const home: Readonly<Record<keyof typeof en, string>> = {};
