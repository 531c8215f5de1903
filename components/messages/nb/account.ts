import type { account as en } from '../en/account';

/** Norwegian texts of the account, signing up and passkeys. */
export const account: Readonly<Record<keyof typeof en, string>> = {};
