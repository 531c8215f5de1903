import type { dashboard as en } from '../en/dashboard';

/** Norwegian texts of what needs attention, leaving home. */
export const dashboard: Readonly<Record<keyof typeof en, string>> = {};
