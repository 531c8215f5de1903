import type { AnswerOf } from '../hooks/call';

export type MadeDevice = AnswerOf<'projects.makeDevices'>['items'][number];

const quoted = (value: string | number) => `"${String(value).replaceAll('"', '""')}"`;

/** A batch as a file (RFC 4180), with a mark for spreadsheets: one device a line, keys included. */
export function csvOfBatch(deviceClass: string, devices: readonly MadeDevice[]): string {
  const lines = devices.map(({ id, tag = '', claimCode, apiKey }) => [
    id,
    deviceClass,
    tag,
    claimCode,
    apiKey,
  ]);
  return `\uFEFF${[['id', 'deviceClass', 'tag', 'claimCode', 'apiKey'], ...lines]
    .map((line) => `${line.map(quoted).join(',')}\r\n`)
    .join('')}`;
}
