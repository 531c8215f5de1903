import type { notify as en } from '../en/notify';

/** Norwegian texts of notifications and the installed app. */
export const notify: Readonly<Record<keyof typeof en, string>> = {};
