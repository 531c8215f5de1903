import { invalidField } from './errors';

/** Where a line stands among others: its moment, then its id. */
export interface TimelinePlace {
  at: string;
  id: string;
}

const placeShape = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) ([a-z]+:[0-9a-f:-]{1,80})$/;

export const toPlaceText = ({ at, id }: TimelinePlace): string =>
  Buffer.from(`${at} ${id}`).toString('base64url');

/** Raises `invalid` for what is no cursor of a timeline. */
export function readPlaceText(text: string, field: 'before' | 'after'): TimelinePlace {
  const match = placeShape.exec(Buffer.from(text, 'base64url').toString());
  if (match === null || Number.isNaN(Date.parse(match[1] as string)))
    throw invalidField(field, 'is no cursor of this list');
  return { at: match[1] as string, id: match[2] as string };
}
