import { z } from 'zod';
import { operation } from './operation';
import { absentable, id, idText, text, timestamp } from './values';

/** User as the wire shows it (mode-api 4); the password never leaves. */
export const user = z.object({
  id,
  projectId: id,
  creationTime: timestamp,
  email: z.string().optional(),
  phoneNumber: z.string().optional(),
  name: z.string().optional(),
  verified: z.boolean(),
});
export type User = z.infer<typeof user>;

export const createUser = operation({
  summary: 'Create a user',
  method: 'POST',
  path: '/users',
  dialect: 'cloud',
  body: z.object({
    projectId: idText,
    email: absentable(z.string()),
    phoneNumber: absentable(z.string()),
    password: absentable(z.string()),
    name: absentable(text(120)),
  }),
  output: user,
  status: 201,
  refusals: [400, 403, 429],
});
