import { z } from 'zod';

/** Positive integer id, given as a number or as decimal digits (mode-api 1.2, 1.6). */
export const idText = z
  .union([z.number(), z.string().regex(/^\d{1,15}$/)])
  .transform(Number)
  .pipe(z.number().int().positive().max(Number.MAX_SAFE_INTEGER));

/** Id in a JSON answer. */
export const id = z.number().int().positive();

/** RFC 3339 with exactly three fraction digits, UTC (mode-api 1.6: one client parses nothing else). */
export const timestamp = z.iso.datetime({ precision: 3 });

/** `2026-01-31T12:00:00.000Z` */
export const toTimestamp = (date: Date): string => date.toISOString();

/** `null` means absent (mode-api 1.2). */
export const absentable = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === null ? undefined : value), schema.optional());

const storable = (schema: z.ZodString) =>
  schema
    .refine((value) => !value.includes('\u0000'), 'must not contain NUL')
    .refine((value) => !/\p{Surrogate}/u.test(value), 'must be Unicode text');

/** Text as it is, without NUL and halves of characters, which PostgreSQL cannot store. */
export const exactText = (maximum: number) => storable(z.string().max(maximum));

/** Text without surrounding blanks, with at least a character. */
export const text = (maximum: number) => storable(z.string().trim().min(1).max(maximum));

/** What typed clients and forms send as an empty text when they mean none (mode-api 1.2). */
export const emptyIsAbsent = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === null || value === '' ? undefined : value), schema.optional());

/** The same for what `null` takes away: so does an empty text. */
export const emptyIsNull = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' ? null : value), schema.nullable().optional());

/** Text that is taken away by an empty one; absent or `null`: it stays. */
export const clearableText = (maximum: number) => absentable(z.union([z.literal(''), text(maximum)]));

/** How many of a list to pass over, and how many to give at most: 100, whatever is asked for (mode-api 10). */
export const pageOf = {
  skip: z.coerce.number().int().min(0).max(1_000_000),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .transform((limit) => Math.min(limit, 100)),
};

/** An id that clients with typed objects send as 0 or as an empty text when they mean none (mode-api 1.2). */
export const absentableId = z.preprocess(
  (value) => (value === null || value === 0 || value === '' || value === '0' ? undefined : value),
  idText.optional(),
);

/** A day of the home's calendar, or an instant. */
export const dayOrInstant = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);
