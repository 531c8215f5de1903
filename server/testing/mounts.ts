import { inject } from 'vitest';

export interface Mount {
  /** Shown in the titles of the tests. */
  name: 'gateway' | 'next';
  url: string;
}

/** The way in that devices, apps and pages use. */
export const gateway = (): Mount[] => [{ name: 'gateway', url: inject('url') }];

/**
 * The two ways in which the same API is served, for tests of what lies between the wire and an operation: paths, bodies,
 * credentials, every row of the permission table. `LATCHKEY_MOUNTS=gateway` leaves the built pages out.
 */
export function mounts(): Mount[] {
  const pagesUrl = inject('pagesUrl');
  return pagesUrl === '' ? gateway() : [...gateway(), { name: 'next', url: pagesUrl }];
}
