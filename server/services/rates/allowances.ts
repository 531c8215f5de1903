import type { Principal } from '../../domain/principal';
import type { Limits } from '../deps';
import type { Allowance } from './spend';

const published: Limits = {
  deviceMessagesPerMinute: 600,
  userRequestsPerMinute: 1_500,
  keyRequestsPerMinute: 3_000,
  organisationRequestsPerSecond: 50,
};
/** An organisation's services come in bursts of so many seconds' worth. */
const organisationBurst = 2;

const perMinute = (subject: string, most: number): Allowance => ({ subject, perSecond: most / 60, most });

/** Messages of one device, by HTTP and MQTT together. */
export const deviceAllowance = (deviceId: number, limits: Partial<Limits> = {}): Allowance =>
  perMinute(`device:${deviceId}`, limits.deviceMessagesPerMinute ?? published.deviceMessagesPerMinute);

/**
 * What a caller's requests are counted against: a person, a key, an organisation with its services. Undefined for those
 * who are counted elsewhere (devices by message, sign-in by attempt) or not at all.
 */
export function requestAllowance(principal: Principal, limits: Partial<Limits> = {}): Allowance | undefined {
  const of = { ...published, ...limits };
  switch (principal.kind) {
    case 'user':
      return perMinute(`user:${principal.userId}`, of.userRequestsPerMinute);
    case 'projectKey':
      return perMinute(`key:${principal.keyId}`, of.keyRequestsPerMinute);
    case 'staff':
      return perMinute(`staff:${principal.accountId}`, of.userRequestsPerMinute);
    case 'orgKey':
    case 'service': {
      const perSecond = of.organisationRequestsPerSecond;
      return {
        subject: `organisation:${principal.projectId}`,
        perSecond,
        most: perSecond * organisationBurst,
      };
    }
    default:
      return undefined;
  }
}
