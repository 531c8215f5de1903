import { bodyMost, type MessageKind, messageWords, secretValues, subjectMost } from './message-words';

/** Texts of a message as somebody wants them; an SMS has no subject. */
export interface Wording {
  subject: string;
  body: string;
}

/** What is wrong with the texts; the page that changes them says it in its own language. */
export interface WordingFault {
  field: keyof Wording;
  fault: 'absent' | 'has-subject' | 'lines' | 'unknown' | 'missing' | 'secret' | 'broken' | 'long';
  /** The placeholder that is meant, with its braces, or the most characters there may be. */
  of?: string;
}

/** A placeholder and the name in it; blanks within the braces do no harm. */
export const placeholder = /\{\{\s*([A-Za-z]+)\s*\}\}/g;
const braced = (name: string) => `{{${name}}}`;
const namesIn = (text: string): string[] => [
  ...new Set([...text.matchAll(placeholder)].map(([, name]) => name ?? '')),
];

function faultsIn(kind: MessageKind, field: keyof Wording, text: string): WordingFault[] {
  const { values, needs, channel } = messageWords[kind];
  const known: readonly string[] = values;
  const names = namesIn(text);
  const most = field === 'subject' ? subjectMost : bodyMost[channel];
  const of = (fault: WordingFault['fault'], all: readonly string[]): WordingFault[] =>
    all.map((name) => ({ field, fault, of: braced(name) }));
  return [
    ...of(
      'unknown',
      names.filter((name) => !known.includes(name)),
    ),
    ...(field === 'subject'
      ? of(
          'secret',
          names.filter((name) => known.includes(name) && secretValues.has(name)),
        )
      : of(
          'missing',
          needs.filter((name) => !names.includes(name)),
        )),
    ...(/\{\{|\}\}/.test(text.replace(placeholder, '')) ? [{ field, fault: 'broken' } as const] : []),
    ...(text.length > most ? [{ field, fault: 'long', of: String(most) } as const] : []),
  ];
}

/** What is wrong with the texts that somebody wants for a kind of message; nothing: they will do. */
export function faultsOf(kind: MessageKind, { subject, body }: Wording): WordingFault[] {
  const isSms = messageWords[kind].channel === 'sms';
  const ofSubject = (): WordingFault[] => {
    if (isSms) return subject === '' ? [] : [{ field: 'subject', fault: 'has-subject' }];
    if (subject.trim() === '') return [{ field: 'subject', fault: 'absent' }];
    return /\p{Cc}/u.test(subject)
      ? [{ field: 'subject', fault: 'lines' }]
      : faultsIn(kind, 'subject', subject);
  };
  return [
    ...ofSubject(),
    ...(body.trim() === '' ? [{ field: 'body', fault: 'absent' } as const] : faultsIn(kind, 'body', body)),
  ];
}
