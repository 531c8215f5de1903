import type { device as en } from '../en/device';

/** Norwegian texts of devices. */
export const device: Readonly<Record<keyof typeof en, string>> = {};
