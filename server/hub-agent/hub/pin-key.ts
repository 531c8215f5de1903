import {
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';
import {
  isPin,
  pinCipherKeyBytes,
  pinContext,
  pinNonceBytes,
  pinTagBytes,
  type SealedPin,
} from '@/server/domain/hub/sealed-pin';

/** Where PINs are sealed to. The private half stays in the hub. */
export interface PinKey {
  /** As it is reported, base64url. */
  publicKey: string;
  /** Undefined: it was sealed for another hub, lock or command, or was changed on the way. */
  open(sealed: SealedPin, thing: string, commandId: string): string | undefined;
}

const rawOf = (key: KeyObject): string => key.export({ format: 'jwk' }).x ?? '';
const fromRaw = (x: string): KeyObject =>
  createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x }, format: 'jwk' });

/** A new private key, PKCS8 in PEM. */
export const makePinKey = (): string =>
  generateKeyPairSync('x25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

/** The key of a PEM text. Throws for another kind of key. */
export function pinKeyOf(pem: string): PinKey {
  const privateKey = createPrivateKey(pem);
  if (privateKey.asymmetricKeyType !== 'x25519') throw new Error('the key for PINs is no X25519 key');
  const publicKey = rawOf(createPublicKey(privateKey));
  return {
    publicKey,
    open(sealed, thing, commandId) {
      try {
        const shared = diffieHellman({ privateKey, publicKey: fromRaw(sealed.key) });
        const salt = Buffer.concat([
          Buffer.from(sealed.key, 'base64url'),
          Buffer.from(publicKey, 'base64url'),
        ]);
        const context = Buffer.from(pinContext(thing, commandId));
        const derived = Buffer.from(
          hkdfSync('sha256', shared, salt, context, pinCipherKeyBytes + pinNonceBytes),
        );
        const box = Buffer.from(sealed.box, 'base64url');
        const decipher = createDecipheriv(
          'aes-256-gcm',
          derived.subarray(0, pinCipherKeyBytes),
          derived.subarray(pinCipherKeyBytes),
          { authTagLength: pinTagBytes },
        );
        decipher.setAAD(context);
        decipher.setAuthTag(box.subarray(-pinTagBytes));
        const pin = Buffer.concat([
          decipher.update(box.subarray(0, -pinTagBytes)),
          decipher.final(),
        ]).toString();
        return isPin(pin) ? pin : undefined;
      } catch {
        return undefined;
      }
    },
  };
}
