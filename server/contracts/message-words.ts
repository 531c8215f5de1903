/** Messages whose texts a project may choose, for pages too: without the schemas that are made of them. */

/** What a kind of message is filled with. `needs`: without these it is of no use to who gets it. */
interface MessageKindWords {
  channel: 'mail' | 'sms';
  values: readonly string[];
  needs: readonly string[];
}

/** Links are ours and codes good: they stand in the text alone, since subjects are kept in plain. */
export const secretValues: ReadonlySet<string> = new Set(['link', 'code']);

const atDoor = { channel: 'mail', values: ['door', 'home', 'link'], needs: [] } as const;
const byPerson = { channel: 'mail', values: ['door', 'home', 'who', 'count', 'link'], needs: [] } as const;
const atHome = { channel: 'mail', values: ['home', 'who', 'link'], needs: [] } as const;

export const messageWords = {
  verifyEmail: { channel: 'mail', values: ['name', 'link'], needs: ['link'] },
  resetPassword: { channel: 'mail', values: ['name', 'link'], needs: ['link'] },
  accountExists: { channel: 'mail', values: ['name', 'signIn', 'reset'], needs: ['signIn', 'reset'] },
  invitation: { channel: 'mail', values: ['inviter', 'home', 'link'], needs: ['link'] },
  addedToHome: { channel: 'mail', values: ['inviter', 'home', 'link'], needs: ['link'] },
  smsCode: { channel: 'sms', values: ['code'], needs: ['code'] },
  opened: byPerson,
  refused: byPerson,
  jammed: atDoor,
  forced: atDoor,
  unreachable: atDoor,
  battery: atDoor,
  member: atHome,
  support: atHome,
} as const satisfies Record<string, MessageKindWords>;

export type MessageKind = keyof typeof messageWords;
export const messageKinds = Object.keys(messageWords) as MessageKind[];
export type ValuesOf<Kind extends MessageKind> = Record<
  (typeof messageWords)[Kind]['values'][number],
  string
>;

export const messageLanguages = ['en', 'nb'] as const;

/** Longest texts, in characters before they are filled. */
export const subjectMost = 200;
export const bodyMost = { mail: 5_000, sms: 400 } as const;
