import type { MessageKind } from '../../contracts/message-words';
import type { Language } from '../../domain/language';
import { tokenLink } from '../../notify/compose';

const token = 'Example0'.repeat(5);

const names: Record<Language, Record<string, string>> = {
  en: { name: 'Alex Berg', inviter: 'Kim Lie', home: 'Harbour Street 4', door: 'Front door', who: 'Kim Lie' },
  nb: { name: 'Alex Berg', inviter: 'Kim Lie', home: 'Havnegata 4', door: 'Inngangsdør', who: 'Kim Lie' },
};

function linkOf(kind: MessageKind, origin: string): string {
  switch (kind) {
    case 'verifyEmail':
      return tokenLink(origin, 'verify-email', token);
    case 'resetPassword':
      return tokenLink(origin, 'reset-password', token);
    case 'invitation':
      return tokenLink(origin, 'accept-invitation', token);
    case 'member':
    case 'support':
      return `${origin}/dashboard/homes/1`;
    case 'addedToHome':
      return `${origin}/dashboard`;
    default:
      return `${origin}/dashboard/locks/1`;
  }
}

/** What a message is filled with where nobody is written to: made-up people, and links that are good for nothing. */
export const exampleValues = (
  kind: MessageKind,
  language: Language,
  origin: string,
): Record<string, string> => ({
  ...names[language],
  code: '493027',
  count: '2',
  link: linkOf(kind, origin),
  signIn: `${origin}/sign-in`,
  reset: `${origin}/reset-password`,
});
