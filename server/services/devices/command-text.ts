import { memberText } from '../../domain/json-text';

/**
 * A command as its receiver gets it: `{"action":…}`, with `parameters` letter for letter as they were written, and
 * without when they were absent or null (mode-api 4). `raw` is the JSON text of the request.
 */
export function commandText(action: string, raw: string | undefined): string {
  const parameters = memberText(raw ?? '{}', 'parameters') ?? 'null';
  const start = `{"action":${JSON.stringify(action)}`;
  return parameters === 'null' ? `${start}}` : `${start},"parameters":${parameters}}`;
}
