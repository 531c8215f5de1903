import type { Bus } from '../bus/bus';
import type { Logger } from '../config/log';
import type { Database } from '../db/client';
import type { Principal } from '../domain/principal';
import type { ShadowClient } from '../mqtt/shadow-client';
import type { Secrets } from './secrets';

/** Time, passed in so that tests can hold another. */
export interface Clock {
  now(): Date;
}
export const systemClock: Clock = { now: () => new Date() };

/** What every service is given. */
export interface Deps {
  db: Database;
  bus: Bus;
  shadow: ShadowClient;
  clock: Clock;
  log: Logger;
  secrets: Secrets;
  /** Project whose accounts sign in on the pages; the first project when absent. */
  dashboardProject?: number | undefined;
}

/** Who calls, and how. */
export interface Caller {
  principal: Principal;
  via: 'api' | 'page' | 'admin';
  /** Network address of the caller, where there is one. */
  address?: string | undefined;
}
