import type { Passkey } from '../../contracts/passkeys';
import { toTimestamp } from '../../contracts/values';
import type { PasskeyRow } from './verify-passkey';

/** A passkey as whoever has it sees it. */
export const toPasskey = (row: Omit<PasskeyRow, 'userId'>): Passkey => ({
  id: row.id,
  name: row.name,
  creationTime: toTimestamp(row.createdAt),
  ...(row.lastUsedAt === null ? {} : { lastUsedTime: toTimestamp(row.lastUsedAt) }),
});
