/** Opaque place in a home's log (model 5): base64url of the home and the position. */
export const toCursor = (homeId: number, position: number): string =>
  Buffer.from(`${homeId}:${position}`).toString('base64url');

/** Undefined when the text is no cursor of ours. */
export function readCursor(cursor: string): { homeId: number; position: number } | undefined {
  const match = /^(\d{1,15}):(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString());
  return match === null ? undefined : { homeId: Number(match[1]), position: Number(match[2]) };
}
