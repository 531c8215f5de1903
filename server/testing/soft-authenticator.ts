import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';

/** What a ceremony is asked for, as the API answers it. */
interface Asked {
  challenge: string;
  rpId?: string;
  rp?: { id?: string };
  user?: { id: string };
}

/** How an answer is to differ from an honest one. */
export interface Twist {
  origin?: string;
  rpId?: string;
  /** The device did not ask for finger, face or PIN. */
  isUnverified?: boolean;
  counter?: number;
  userHandle?: string;
  /** Another challenge than the one that was asked for. */
  challenge?: string;
}

const sha256 = (data: Buffer | string) => createHash('sha256').update(data).digest();

/** Head of a CBOR item (RFC 8949, 3). */
function cborHead(major: number, value: number): Buffer {
  if (value < 24) return Buffer.from([(major << 5) | value]);
  if (value < 256) return Buffer.from([(major << 5) | 24, value]);
  return Buffer.from([(major << 5) | 25, value >> 8, value & 0xff]);
}
const cborInt = (value: number) => (value < 0 ? cborHead(1, -1 - value) : cborHead(0, value));
const cborBytes = (bytes: Buffer) => Buffer.concat([cborHead(2, bytes.length), bytes]);
const cborText = (text: string) => Buffer.concat([cborHead(3, Buffer.byteLength(text)), Buffer.from(text)]);
const cborMap = (entries: [Buffer, Buffer][]) =>
  Buffer.concat([cborHead(5, entries.length), ...entries.flat()]);

/** COSE form of a P-256 key (RFC 9053, 7.1). */
function coseKey(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  return cborMap([
    [cborInt(1), cborInt(2)],
    [cborInt(3), cborInt(-7)],
    [cborInt(-1), cborInt(1)],
    [cborInt(-2), cborBytes(Buffer.from(x, 'base64url'))],
    [cborInt(-3), cborBytes(Buffer.from(y, 'base64url'))],
  ]);
}

/** A passkey that lives in the test: P-256, no attestation, a counter that rises with each use. */
export class SoftAuthenticator {
  readonly id = randomBytes(32);
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  #counter = 0;
  #userHandle: string | undefined;

  constructor(private readonly origin: string) {}

  #clientData(type: string, { challenge }: Asked, twist: Twist): Buffer {
    const told = {
      type,
      challenge: twist.challenge ?? challenge,
      origin: twist.origin ?? this.origin,
      crossOrigin: false,
    };
    return Buffer.from(JSON.stringify(told));
  }

  #authenticatorData(asked: Asked, twist: Twist, extra: Buffer): Buffer {
    const rpId = twist.rpId ?? asked.rpId ?? asked.rp?.id ?? new URL(this.origin).hostname;
    const flags = 0x01 | (twist.isUnverified === true ? 0 : 0x04) | (extra.length > 0 ? 0x40 : 0);
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(twist.counter ?? this.#counter);
    return Buffer.concat([sha256(rpId), Buffer.from([flags]), counter, extra]);
  }

  #named() {
    const id = this.id.toString('base64url');
    return { id, rawId: id, type: 'public-key' };
  }

  /** Answers `navigator.credentials.create`. */
  create(asked: Asked, twist: Twist = {}) {
    this.#userHandle = asked.user?.id;
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.id.length);
    const attested = Buffer.concat([Buffer.alloc(16), length, this.id, coseKey(this.#keys.publicKey)]);
    const attestation = cborMap([
      [cborText('fmt'), cborText('none')],
      [cborText('attStmt'), cborMap([])],
      [cborText('authData'), cborBytes(this.#authenticatorData(asked, twist, attested))],
    ]);
    return {
      ...this.#named(),
      clientExtensionResults: {},
      response: {
        clientDataJSON: this.#clientData('webauthn.create', asked, twist).toString('base64url'),
        attestationObject: attestation.toString('base64url'),
        transports: ['internal'],
      },
    };
  }

  /** Answers `navigator.credentials.get`. */
  get(asked: Asked, twist: Twist = {}) {
    this.#counter = twist.counter ?? this.#counter + 1;
    const clientData = this.#clientData('webauthn.get', asked, twist);
    const authenticatorData = this.#authenticatorData(asked, twist, Buffer.alloc(0));
    const signature = createSign('sha256')
      .update(Buffer.concat([authenticatorData, sha256(clientData)]))
      .sign(this.#keys.privateKey);
    const userHandle = twist.userHandle ?? this.#userHandle;
    return {
      ...this.#named(),
      clientExtensionResults: {},
      response: {
        clientDataJSON: clientData.toString('base64url'),
        authenticatorData: authenticatorData.toString('base64url'),
        signature: signature.toString('base64url'),
        ...(userHandle === undefined ? {} : { userHandle }),
      },
    };
  }
}
