import { emptyObject, isJsonObject, isSameJson, type Json, type JsonObject } from '../json';

/** What a shadow service tells of one accepted update (device-shadow 2), as far as reports need it. */
export interface FollowedDocument {
  version: number;
  reported: JsonObject;
  stamps: JsonObject;
}

const member = (value: Json | undefined, name: string): Json | undefined =>
  isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
const objectOr = (value: Json | undefined): JsonObject => (isJsonObject(value) ? value : emptyObject());

/** Reads a document `{state, metadata, version}`; undefined: it is none. */
export function readFollowed(value: Json | undefined): FollowedDocument | undefined {
  const version = member(value, 'version');
  if (typeof version !== 'number' || !Number.isSafeInteger(version)) return undefined;
  return {
    version,
    reported: objectOr(member(member(value, 'state'), 'reported')),
    stamps: objectOr(member(member(value, 'metadata'), 'reported')),
  };
}

/** Members of `reported` that an update touched: their value or a stamp of theirs is another than before. */
export function touchedBetween(before: FollowedDocument | undefined, after: FollowedDocument): JsonObject {
  const touched = emptyObject();
  for (const [name, value] of Object.entries(after.reported)) {
    const isSame =
      before !== undefined &&
      isSameJson(member(before.reported, name), value) &&
      isSameJson(member(before.stamps, name), member(after.stamps, name));
    if (!isSame) touched[name] = value;
  }
  return touched;
}

/** The newest stamp below a member, seconds; 0 when there is none. Does not recurse. */
function newestStamp(stamps: Json | undefined): number {
  let newest = 0;
  const open: (Json | undefined)[] = [stamps];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next === 'number') newest = Math.max(newest, next);
    else if (typeof next === 'object' && next !== null) open.push(...Object.values(next));
  }
  return newest;
}

/** Members of `reported` that were written after a second of the service's clock. */
export function touchedSince(document: FollowedDocument, seconds: number): JsonObject {
  const touched = emptyObject();
  for (const [name, value] of Object.entries(document.reported))
    if (newestStamp(member(document.stamps, name)) > seconds) touched[name] = value;
  return touched;
}
