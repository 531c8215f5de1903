import { noSession, type StaffPrincipal } from '../../domain/principal';
import type { Caller } from '../deps';

/** Whoever runs the machine: above all projects, and under this name in the record of what was done. */
const principal: StaffPrincipal = {
  kind: 'staff',
  accountId: 0,
  sessionId: noSession,
  name: 'operator',
  role: 'admin',
  projects: 'all',
};

/** The caller behind the operator's command line and the first start. */
export const operator = { principal, via: 'admin' } as const satisfies Caller;
