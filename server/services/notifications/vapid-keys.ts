import { createECDH } from 'node:crypto';
import type { Secrets } from '../secrets';

export interface VapidKeys {
  /** Uncompressed point and scalar of P-256, base64url (RFC 8292 section 3.2). */
  publicKey: string;
  privateKey: string;
}

/**
 * The key pair by which push services know this installation (RFC 8292). It follows from the installation's secret, so
 * that every process has the same pair and none is stored.
 */
export function vapidKeys(secrets: Pick<Secrets, 'digest'>): VapidKeys {
  const curve = createECDH('prime256v1');
  const privateKey = Buffer.from(secrets.digest('vapid key pair', 32), 'hex');
  curve.setPrivateKey(privateKey);
  return {
    publicKey: curve.getPublicKey().toString('base64url'),
    privateKey: privateKey.toString('base64url'),
  };
}
