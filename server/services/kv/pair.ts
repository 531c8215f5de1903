import type { putHomeValue } from '../../contracts/kv';
import { kvKey } from '../../contracts/kv';
import type { InputOf } from '../../contracts/operation';
import { toTimestamp } from '../../contracts/values';
import { Failure, invalidField, missingField } from '../../domain/errors';
import { memberText } from '../../domain/json-text';

/** A pair as it is stored: `value` is JSON text, so that no number changes on the way (mode-api 1.6). */
export interface StoredPair {
  key: string;
  value: string;
  modifiedAt: Date;
}

/** Limits that both stores share (mode-api 11, row 13). */
export const pairsMost = 1000;
export const valueMostBytes = 64 * 1024;
const keyMostLetters = 128;

/** Key-Value Pair as the wire shows it, as JSON text. */
export const pairText = ({ key, value, modifiedAt }: StoredPair): string =>
  `{"key":${JSON.stringify(key)},"value":${value},"modificationTime":${JSON.stringify(toTimestamp(modifiedAt))}}`;

export const listText = (pairs: readonly StoredPair[]): string => `[${pairs.map(pairText).join(',')}]`;

/** Whether there can be a pair of this name; what cannot be is not looked for. */
export const isKey = (key: string): boolean => kvKey.safeParse(key).success;

/** Whether any key can begin so. */
export const isKeyPrefix = (prefix: string): boolean => /^[A-Za-z0-9_-]*$/.test(prefix);

export const noSuchPair = (): Failure => new Failure('not_found', { reason: 'NOT_FOUND' });

/** Key and JSON text of the value that a put wants to save. Raises `invalid`: a bad key, no value, null, too large. */
export function readPut({
  params,
  raw,
}: Pick<InputOf<typeof putHomeValue>, 'raw'> & { params: { key: string } }): {
  key: string;
  value: string;
} {
  const { key } = params;
  if (key.length > keyMostLetters) throw invalidField('key', `must be ${keyMostLetters} characters or fewer`);
  if (!isKey(key))
    throw invalidField('key', 'must be letters, digits, _ and -, first and last alphanumeric', 'INVALID_KEY');
  const value = raw === undefined || raw === '' ? undefined : memberText(raw, 'value');
  if (value === undefined) throw missingField('value');
  if (value === 'null') throw invalidField('value', 'must not be null');
  if (Buffer.byteLength(value) > valueMostBytes)
    throw invalidField('value', `must be ${valueMostBytes} bytes of JSON or fewer`);
  return { key, value };
}
