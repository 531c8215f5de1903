import { emptyObject, isJsonObject, type Json, type JsonObject } from '../json';

/** What stands in place of a secret. */
export const redacted = '•••';

/** Names of members that hold what opens a door or lets somebody in, however a maker spells them. */
const secretName =
  /(^|[^a-z])(pin|otp|cvc)([^a-z]|$)|code|passw|passcode|secret|token|credential|apikey|privatekey/;
const isSecretName = (name: string): boolean =>
  secretName.test(name.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase()) ||
  /apikey|privatekey/i.test(name.replace(/[^a-z]/gi, ''));

/**
 * A shadow as a person may look at it: members whose names speak of codes, PINs, passwords, secrets, tokens or
 * credentials keep their place and lose their value, whatever it is. Depth is that of a shadow, so it may recurse.
 */
export function withoutSecrets(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (!isJsonObject(value)) return value;
  const shown: JsonObject = emptyObject();
  for (const [name, member] of Object.entries(value)) {
    shown[name] = isSecretName(name) && member !== null ? redacted : withoutSecrets(member);
  }
  return shown;
}
