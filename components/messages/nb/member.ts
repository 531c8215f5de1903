import type { member as en } from '../en/member';

/** Norwegian texts of members and invitations. */
export const member: Readonly<Record<keyof typeof en, string>> = {};
