import type { activity as en } from '../en/activity';

/** Norwegian texts of the activity pages. */
export const activity: Readonly<Record<keyof typeof en, string>> = {};
