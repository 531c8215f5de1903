import { unpackPackage } from './unpack-package.mjs';

/**
 * Gets the distribution's Chromium without being root.
 * @param {{ name?: string, status?: string }} [options] name: its package; status: dpkg's list of the installed packages
 * @returns {Promise<string>} path of a program that starts it
 */
export const unpackBrowser = ({ name = 'chromium', ...options } = {}) =>
  unpackPackage(name, `usr/lib/chromium/${name}`, { ...options, libraries: ['usr/lib/chromium'] });
