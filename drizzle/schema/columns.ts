import { bigint, customType, timestamp } from 'drizzle-orm/pg-core';

/** Integer id as the wire shows it: a bigint column read as a JSON number. */
export const bigintId = (name: string) => bigint(name, { mode: 'number' });

/** Identity primary key. */
export const identityId = () => bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity();

/** Point in time, millisecond precision is all that any wire format shows. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 });

/** Raw bytes. */
export const bytes = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' });
