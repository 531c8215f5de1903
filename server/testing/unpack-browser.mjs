import { unpackPackage } from './unpack-package.mjs';

/**
 * Gets the distribution's Chromium without being root.
 * @param {{ status?: string }} [options] status: dpkg's list of the installed packages
 * @returns {Promise<string>} path of a program that starts it
 */
export const unpackBrowser = (options = {}) =>
  unpackPackage('chromium', 'usr/lib/chromium/chromium', { ...options, libraries: ['usr/lib/chromium'] });
