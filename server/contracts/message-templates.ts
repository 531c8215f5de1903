import { z } from 'zod';
import { messageKinds, messageLanguages } from './message-words';
import { operation } from './operation';
import { exactText, idText, timestamp } from './values';

/** What a project says in its mails and SMS. Placeholders are `{{name}}`; each kind of message has its own. */

const kind = z.enum(messageKinds as [string, ...string[]]) as unknown as z.ZodEnum<
  Record<(typeof messageKinds)[number], (typeof messageKinds)[number]>
>;
const language = z.enum(messageLanguages);
const channel = z.enum(['mail', 'sms']);
const wording = { subject: z.string(), body: z.string() };

const lines = (most: number) => exactText(most).transform((value) => value.replace(/\r\n?/g, '\n'));
/** Longer than any text may be, so that the service names the limit of the kind. */
const wanted = z.object({ subject: lines(2_000).default(''), body: lines(20_000) });
const bodyExample = {
  body: { subject: 'Confirm your address', body: 'Open {{link}} to confirm your address.' },
};

const projectPath = z.object({ projectId: idText });
const textPath = projectPath.extend({ kind, language });

const messageTemplate = z.object({
  kind,
  language,
  channel,
  /** Names of the placeholders that are filled, and those that must be there. */
  values: z.array(z.string()),
  needs: z.array(z.string()),
  /** What is sent; an SMS has no subject. */
  ...wording,
  /** The project's own text stands in place of the standard one. */
  isOwn: z.boolean(),
  changeTime: timestamp.optional(),
  standard: z.object(wording),
});
export type MessageTemplate = z.infer<typeof messageTemplate>;

export const listMessageTemplates = operation({
  summary: 'Every mail and SMS that a project sends, in every language, with the standard texts',
  method: 'GET',
  path: '/staff/projects/{projectId}/messages',
  dialect: 'cloud',
  params: projectPath,
  output: z.object({ items: z.array(messageTemplate) }),
  status: 200,
  refusals: [403, 404],
});

export const writeMessageTemplate = operation({
  summary:
    'Say it in the words of the project; refused while a placeholder is unknown or a needed one missing',
  method: 'PUT',
  path: '/staff/projects/{projectId}/messages/{kind}/{language}',
  dialect: 'cloud',
  params: textPath,
  body: wanted,
  examples: bodyExample,
  status: 204,
  refusals: [400, 403, 404],
});

export const resetMessageTemplate = operation({
  summary: 'Go back to the standard text of a message',
  method: 'DELETE',
  path: '/staff/projects/{projectId}/messages/{kind}/{language}',
  dialect: 'cloud',
  params: textPath,
  status: 204,
  refusals: [403, 404],
});

const messagePreview = z.object({
  subject: z.string(),
  text: z.string(),
  /** Of mails: the HTML that is sent beside the text. */
  html: z.string().optional(),
  /** Of SMS: its length as phones count it, and how many messages are paid for. */
  sms: z
    .object({ characters: z.number().int(), segments: z.number().int(), isUnicode: z.boolean() })
    .optional(),
});
export type MessagePreview = z.infer<typeof messagePreview>;

export const previewMessage = operation({
  summary: 'A message with example data, as it would leave',
  method: 'POST',
  path: '/staff/projects/{projectId}/messages/{kind}/{language}/preview',
  dialect: 'cloud',
  params: textPath,
  body: wanted,
  examples: bodyExample,
  output: messagePreview,
  status: 200,
  refusals: [400, 403, 404],
});

export const testMessage = operation({
  summary: 'Send a message with example data to the address of the caller, by mail',
  method: 'POST',
  path: '/staff/projects/{projectId}/messages/{kind}/{language}/test',
  dialect: 'cloud',
  params: textPath,
  body: wanted,
  examples: bodyExample,
  output: z.object({ recipient: z.string() }),
  status: 201,
  refusals: [400, 403, 404, 429],
});
