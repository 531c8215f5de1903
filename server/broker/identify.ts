import type { MqttIdentity } from '../domain/mqtt-access';
import { isClientIdOf, readUserName } from '../domain/mqtt-access';
import { isThingName } from '../domain/topics';
import type { Deps } from '../services/deps';
import { isSameSecret } from '../services/secrets';
import { authenticateCertificate } from '../services/things/authenticate-certificate';
import { authenticateThing } from '../services/things/authenticate-thing';
import { commonNameOf, fingerprintOf } from '../services/things/fingerprint';
import { listGatewayThings } from '../services/things/list-gateway-things';
import type { Arrival } from './arrival';

export interface Identified {
  identity: MqttIdentity;
  /** Hex fingerprint of the certificate that it came with. */
  certificate?: string;
}

const passwordMost = 8_192;

/**
 * Who a connection is (model 4): one of our services, or a thing by its certificate or its password. With a certificate
 * the user name is the SDK's query and says nothing (device-shadow 7). Undefined: nobody that we know.
 */
export async function identify(
  deps: Pick<Deps, 'db' | 'clock' | 'secrets'>,
  { certificate }: Arrival,
  clientId: string,
  givenName: string,
  password: string,
): Promise<Identified | undefined> {
  const asThing = async (name: string): Promise<MqttIdentity> => ({
    kind: 'thing',
    name,
    gatewayFor: await listGatewayThings(deps, name),
  });
  if (certificate !== undefined) {
    const fingerprint = fingerprintOf(certificate);
    const commonName = commonNameOf(certificate);
    const thing =
      commonName === undefined ? undefined : await authenticateCertificate(deps, { fingerprint, commonName });
    if (thing === undefined || !isClientIdOf(thing, clientId)) return undefined;
    return { identity: await asThing(thing), certificate: fingerprint.toString('hex') };
  }
  const userName = readUserName(givenName);
  if (userName.startsWith('svc:')) {
    const name = userName.slice(4);
    return isSameSecret(password, deps.secrets.servicePassword(name))
      ? { identity: { kind: 'service', name } }
      : undefined;
  }
  const isPossible =
    isThingName(userName) && password.length <= passwordMost && isClientIdOf(userName, clientId);
  if (!isPossible || !(await authenticateThing(deps, userName, password))) return undefined;
  return { identity: await asThing(userName) };
}
