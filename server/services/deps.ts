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
/** How shadows are kept (device-shadow 6). */
export interface ShadowRules {
  keeper: 'local' | 'aws';
  /** Things that nobody registered are answered 404. */
  areThingsRegistered: boolean;
  /** Levels of objects and arrays in a section. */
  depth: number;
  requestsPerSecond: number;
}
export const defaultShadowRules: ShadowRules = {
  keeper: 'local',
  areThingsRegistered: true,
  depth: 6,
  requestsPerSecond: 20,
};

/** What every service is given. */
export interface Deps {
  db: Database;
  bus: Bus;
  shadow: ShadowClient;
  /** What the shadow service was set up for; `defaultShadowRules` when absent. */
  shadowRules?: ShadowRules | undefined;
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
  /** What the staff cookie held; only operations of the staff session itself look at it. */
  staffToken?: string | undefined;
  /** When this was asked, at the earliest that can be; a door counts its seconds from then. Now, when absent. */
  askedAt?: Date | undefined;
  /** Network address of the caller, where there is one. */
  address?: string | undefined;
  /** What the caller's browser or app calls itself. */
  userAgent?: string | undefined;
  /** Origin under which the caller reached us, without a slash at the end. */
  origin?: string | undefined;
  /**
   * Of several credentials another one may have the right: takes what is to go on record should none of them have it.
   * Absent: this is the only one.
   */
  onRefused?: ((note: () => void) => void) | undefined;
  /** Language of ours that the caller asked for. */
  language?: Language | undefined;
}
