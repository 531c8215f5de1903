import { memberText } from '@/server/domain/json-text';
import { jsonKind, partsOf } from '../json/json-text';

/** Where a number stands in the data of an event: names of members and places in lists, from the outside in. */
export type NumberPath = readonly (string | number)[];

export interface NumberField {
  key: string;
  eventType: string;
  path: NumberPath;
  /** The path as a person reads it: `power.watts`, `phases[0]`. */
  label: string;
}

const depthMost = 6;
const fieldsMost = 100;
const listMost = 16;

/** `power.watts`, `phases[0]`, `["odd name"].x`. */
export const pathLabel = (path: NumberPath): string =>
  path
    .map((step, index) => {
      if (typeof step === 'number') return `[${step}]`;
      if (!/^[^\s.[\]"]+$/.test(step)) return `[${JSON.stringify(step)}]`;
      return index === 0 ? step : `.${step}`;
    })
    .join('');

function collect(json: string, path: NumberPath, found: NumberPath[]): void {
  const kind = jsonKind(json);
  if (found.length >= fieldsMost) return;
  if (kind === 'number' && path.length > 0) found.push(path);
  if ((kind !== 'object' && kind !== 'array') || path.length >= depthMost) return;
  const parts = kind === 'array' ? partsOf(json).slice(0, listMost) : partsOf(json);
  parts.forEach(({ name, value }, index) => {
    collect(value, [...path, name ?? index], found);
  });
}

/** Every number in an event's data, JSON text; nested ones by their path. */
export function numberFieldsOf(eventType: string, data: string): NumberField[] {
  const found: NumberPath[] = [];
  collect(data, [], found);
  return found.map((path) => ({
    key: JSON.stringify([eventType, ...path]),
    eventType,
    path,
    label: pathLabel(path),
  }));
}

/** The number at a path, letter for letter; undefined: there is none. `data` is JSON text. */
export function numberAt(data: string, path: NumberPath): string | undefined {
  let json: string | undefined = data;
  for (const step of path) {
    if (jsonKind(json) !== (typeof step === 'number' ? 'array' : 'object')) return undefined;
    json = typeof step === 'number' ? partsOf(json)[step]?.value : memberText(json, step);
    if (json === undefined) return undefined;
  }
  return jsonKind(json) === 'number' ? json : undefined;
}
