import { isJsonObject, type Json } from '../json';

/** SoftwareVersionString of the cluster Basic Information (Matter 11.1.5), as attribute paths name it. */
const softwareVersion = '0/40/10';
const longest = 64;

/** The firmware that a shadow's state (JSON text) reports; undefined: it says nothing of it. */
export function firmwareOf(state: string): string | undefined {
  const read = JSON.parse(state) as Json;
  const reported = isJsonObject(read) ? read.reported : undefined;
  if (!isJsonObject(reported)) return undefined;
  const said = ['firmware', softwareVersion]
    .filter((name) => Object.hasOwn(reported, name))
    .map((name) => reported[name]);
  const version = said.find((value) => typeof value === 'string' && value.trim() !== '');
  return typeof version === 'string' ? version.trim().slice(0, longest) : undefined;
}
