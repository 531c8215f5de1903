import type { kv as en } from '../en/kv';

/** Norwegian texts of key-value data. */
export const kv: Readonly<Record<keyof typeof en, string>> = {};
