/** What a spreadsheet would take for a formula (OWASP, CSV injection). */
const startsFormula = /^[=+\-@\t\r]/;

/** One field (RFC 4180 section 2): quoted where it must be, and never a formula. */
export function csvField(value: string): string {
  const safe = startsFormula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One record with its line break. */
export const csvRecord = (fields: readonly string[]): string => `${fields.map(csvField).join(',')}\r\n`;
