import { z } from 'zod';
import { absentable, idText, text } from './values';

/** Fields that the operations on projects share. */

export const projectPath = z.object({ projectId: idText });
export const name = text(200);
/** Ids that stand in requests and addresses. */
export const word = text(128).refine(
  (value) => /^[A-Za-z0-9_.-]+$/.test(value),
  'must be letters, digits, _, - and .',
);
export const description = absentable(text(1_000));

const isHttp = (value: string) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
export const httpUrl = text(2_048).refine(isHttp, 'must be an http or https address');
