import { inject } from 'vitest';

export interface Mount {
  /** Shown in the titles of the tests. */
  name: 'gateway' | 'next';
  url: string;
}

/** The two ways in which the same API is served; `LATCHKEY_MOUNTS=gateway` leaves the built pages out. */
export function mounts(): Mount[] {
  const pagesUrl = inject('pagesUrl');
  const gateway: Mount = { name: 'gateway', url: inject('url') };
  return pagesUrl === '' ? [gateway] : [gateway, { name: 'next', url: pagesUrl }];
}
