import { and, eq } from 'drizzle-orm';
import { messageTemplates } from '@/drizzle/schema';
import type { Wording } from '../contracts/message-faults';
import { type MessageKind, messageWords, type ValuesOf } from '../contracts/message-words';
import { type Topic, topics } from '../contracts/notifications';
import type { Executor } from '../db/client';
import type { Language } from '../domain/language';
import { fillText } from '../domain/notify/fill-text';
import { textsIn } from './compose';
import { nameless, noticeOf } from './notices';

/** A message as it leaves. */
export interface Letter extends Wording {
  language: Language;
}

const isTopic = (kind: MessageKind): kind is Topic => topics.some((topic) => topic === kind);

function standardWording(
  kind: MessageKind,
  language: Language,
  values: Readonly<Record<string, string>>,
): Wording {
  const value = (name: string) => values[name] ?? '';
  if (isTopic(kind)) {
    const actor = { kind: '', id: '', name: value('who') };
    const count = Number(values.count ?? 1) || 1;
    const happening = { topic: kind, lockId: 0, cause: '', count, actor };
    const { title, body } = noticeOf(happening, { door: value('door'), home: value('home') }, language);
    return { subject: title, body: `${body}\n\n${value('link')}\n` };
  }
  const texts = textsIn(language);
  const [link, inviter, home] = [value('link'), value('inviter'), value('home')];
  switch (kind) {
    case 'verifyEmail':
    case 'resetPassword':
      return texts[kind]({ link });
    case 'accountExists':
      return texts.accountExists({ signIn: value('signIn'), reset: value('reset') });
    case 'invitation':
    case 'addedToHome':
      return texts[kind]({ inviter, home, link });
    case 'smsCode':
      return texts.smsCode({ code: value('code') });
  }
}

/** The standard text of a kind of message with its placeholders in it, as somebody may begin to change it. */
export const standardTemplate = (kind: MessageKind, language: Language): Wording =>
  standardWording(
    kind,
    language,
    Object.fromEntries(messageWords[kind].values.map((name) => [name, `{{${name}}}`])),
  );

/** A template with its values; a mail ends with a line's end, as its link may be the last of it. */
export function fillWording(
  kind: MessageKind,
  { subject, body }: Wording,
  values: Readonly<Record<string, string>>,
): Wording {
  const text = fillText(body, values).trim();
  return {
    subject: fillText(subject, values).replace(/\s+/g, ' ').trim(),
    body: messageWords[kind].channel === 'mail' ? `${text}\n` : text,
  };
}

/**
 * What a project says in a kind of message, in the language of the reader, English when none is known: its own text where
 * it has one. Values are as their readers see them: names that people chose must be `quotable`.
 */
export async function composeLetter<Kind extends MessageKind>(
  executor: Pick<Executor, 'select'>,
  projectId: number,
  kind: Kind,
  reader: Language | null | undefined,
  values: ValuesOf<Kind>,
): Promise<Letter> {
  const language = reader ?? 'en';
  const [own] = await executor
    .select({ subject: messageTemplates.subject, body: messageTemplates.body })
    .from(messageTemplates)
    .where(
      and(
        eq(messageTemplates.projectId, projectId),
        eq(messageTemplates.kind, kind),
        eq(messageTemplates.language, language),
      ),
    );
  const given: Readonly<Record<string, string>> = values;
  const named = given.who === '' ? { ...given, who: nameless[language] } : given;
  const wording = own === undefined ? standardWording(kind, language, given) : fillWording(kind, own, named);
  return { ...wording, language };
}
