import { isJsonObject, type Json, type JsonObject } from '../json';

/**
 * A PIN on its way to a hub, which alone can open it: X25519 with a key made for this one message, HKDF-SHA256, then
 * AES-256-GCM. All binary members are base64url.
 */
export interface SealedPin {
  v: 1;
  /** The sender's public key of this message, 32 bytes. */
  key: string;
  /** Ciphertext, followed by the 16 bytes of the tag. */
  box: string;
}

/** Bytes of an X25519 public key. */
export const pinKeyBytes = 32;
/** Bytes that the derivation gives: the key of the cipher, then its nonce. */
export const pinCipherKeyBytes = 32;
export const pinNonceBytes = 12;
export const pinTagBytes = 16;
const boxMost = 120;
const base64url = /^[A-Za-z0-9_-]+$/;

/**
 * What a sealed PIN is bound to, as the derivation's info and the cipher's additional data: taken out of one command it
 * opens in no other.
 */
export const pinContext = (thing: string, commandId: string): string =>
  `latchkey pin 1\n${thing}\n${commandId}`;

/** Reads a sealed PIN from a command; undefined: it is none. */
export function readSealedPin(value: Json | undefined): SealedPin | undefined {
  if (!isJsonObject(value) || value.v !== 1) return undefined;
  const { key, box } = value;
  if (typeof key !== 'string' || typeof box !== 'string') return undefined;
  // 32 bytes are 43 characters without padding.
  if (key.length !== 43 || box.length > boxMost || !base64url.test(key) || !base64url.test(box))
    return undefined;
  return { v: 1, key, box };
}

/** The same as it stands in a command. */
export const writeSealedPin = ({ key, box }: SealedPin): JsonObject => ({ v: 1, key, box });

/** A PIN as door locks take it. */
export const isPin = (text: string): boolean => /^\d{4,8}$/.test(text);
