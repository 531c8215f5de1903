import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hash,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';

/** Keys derived from the installation's one secret. */
export interface Secrets {
  /** Password of one of our own MQTT services (`svc:<name>`). */
  servicePassword(name: string): string;
  /** AES-256-GCM. */
  seal(plain: Buffer): Buffer;
  open(sealed: Buffer): Buffer;
  /** Keyed digest, hex of `bytes` bytes. */
  digest(text: string, bytes: number): string;
}

/** `key`: at least 32 bytes, base64. */
export function secretsFrom(key: string): Secrets {
  const root = Buffer.from(key, 'base64');
  if (root.length < 32) throw new Error('SECRETS_KEY must be at least 32 bytes, base64');
  const derive = (purpose: string) =>
    Buffer.from(hkdfSync('sha256', root, Buffer.alloc(0), `latchkey ${purpose}`, 32));
  const sealing = derive('sealing');
  const services = derive('services');
  const digesting = derive('digest');
  return {
    servicePassword: (name) => createHmac('sha256', services).update(name).digest('base64url'),
    seal(plain) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce);
      return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    },
    open(sealed) {
      const decipher = createDecipheriv('aes-256-gcm', sealing, sealed.subarray(0, 12));
      decipher.setAuthTag(sealed.subarray(-16));
      return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]);
    },
    digest: (text, bytes) =>
      createHmac('sha256', digesting)
        .update(text)
        .digest('hex')
        .slice(0, bytes * 2),
  };
}

/** What is stored of a key or token: its SHA-256. */
export const hashToken = (token: string): Buffer => hash('sha256', token, 'buffer');
/** The same as hexadecimal text, for what is found in memory and not in the database. */
export const hashText = (token: string): string => hash('sha256', token, 'hex');

/** Comparison that takes the same time wherever the difference is. */
export const isSameSecret = (one: string, other: string): boolean =>
  timingSafeEqual(createHash('sha256').update(one).digest(), createHash('sha256').update(other).digest());

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Random letters and digits without modulo bias; 40 of them hold 238 bits. */
export function randomKey(length = 40): string {
  let key = '';
  while (key.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < 248 && key.length < length) key += letters[byte % 62];
    }
  }
  return key;
}

/** Token in the shape that MODE's clients know (mode-api 1.3), its last part 224 random bits. */
export const modeToken = (kind: 'd' | 'us' | 'pk', id: string | number, now: Date): string =>
  `v1.${Buffer.from(`${kind}|${id}`).toString('base64')}.${Math.floor(now.getTime() / 1000)}.${randomBytes(28).toString('hex')}`;
