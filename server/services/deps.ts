import type { Bus } from '../bus/bus';
import type { Logger } from '../config/log';
import type { Database } from '../db/client';
import type { Language } from '../domain/language';
import type { Principal } from '../domain/principal';
import type { ShadowClient } from '../mqtt/shadow-client';
import type { Messaging } from '../notify/messaging';
import type { MqttAccess } from './mqtt-access';
import type { Secrets } from './secrets';

/** Time, passed in so that tests can hold another. */
export interface Clock {
  now(): Date;
}
export const systemClock: Clock = { now: () => new Date() };

/** How often callers may come (mode-api 10, quality). */
export interface Limits {
  deviceMessagesPerMinute: number;
  userRequestsPerMinute: number;
  keyRequestsPerMinute: number;
  organisationRequestsPerSecond: number;
}

/** What every service is given. */
export interface Deps {
  db: Database;
  bus: Bus;
  shadow: ShadowClient;
  clock: Clock;
  log: Logger;
  secrets: Secrets;
  messaging: Messaging;
  /** Origin that people reach us under, when the operator has set one. */
  publicUrl?: string | undefined;
  /** Project whose accounts sign in on the pages; the first project when absent. */
  dashboardProject?: number | undefined;
  /** How often callers may come; the published values when absent. */
  limits?: Partial<Limits> | undefined;
  /** Where a hub finds the shadow broker. */
  mqttAccess?: (() => Promise<MqttAccess>) | undefined;
}

/** Who calls, and how. */
export interface Caller {
  principal: Principal;
  via: 'api' | 'page' | 'admin' | 'link' | 'pin';
  /** Network address of the caller, where there is one. */
  address?: string | undefined;
  /** Origin under which the caller reached us, without a slash at the end. */
  origin?: string | undefined;
  /** Language of ours that the caller asked for. */
  language?: Language | undefined;
}
