import type { access as en } from '../en/access';

/** Norwegian texts of who can open, grants, guest links and settings of a door. */
export const access: Readonly<Record<keyof typeof en, string>> = {};
