import { createCipheriv, createPublicKey, diffieHellman, generateKeyPairSync, hkdfSync } from 'node:crypto';
import { pinCipherKeyBytes, pinContext, pinNonceBytes, type SealedPin } from '../../domain/hub/sealed-pin';

/**
 * Seals a PIN to the key that a hub reported, for one command of one lock: the sender's side of the envelope. Throws for
 * a key that is none.
 */
export function sealPin(pin: string, hubKey: string, thing: string, commandId: string): SealedPin {
  const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x: hubKey }, format: 'jwk' });
  const own = generateKeyPairSync('x25519');
  const key = own.publicKey.export({ format: 'jwk' }).x ?? '';
  const shared = diffieHellman({ privateKey: own.privateKey, publicKey });
  const salt = Buffer.concat([Buffer.from(key, 'base64url'), Buffer.from(hubKey, 'base64url')]);
  const context = Buffer.from(pinContext(thing, commandId));
  const derived = Buffer.from(hkdfSync('sha256', shared, salt, context, pinCipherKeyBytes + pinNonceBytes));
  const cipher = createCipheriv(
    'aes-256-gcm',
    derived.subarray(0, pinCipherKeyBytes),
    derived.subarray(pinCipherKeyBytes),
  );
  cipher.setAAD(context);
  const box = Buffer.concat([cipher.update(pin), cipher.final(), cipher.getAuthTag()]).toString('base64url');
  return { v: 1, key, box };
}
