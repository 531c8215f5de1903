/** What an operation is asked about, and the columns of its rows. */
export type Kind =
  /** One column. */
  | 'nothing'
  /** Home A, A switched off, home B of the same project, one of another project, no such home; so are the locks in them. */
  | 'home'
  /** Those of `home`, then a lock of no organisation. */
  | 'claim'
  /** To be claimed for home A: a hub of the project, one of another project, none, one of no organisation yet. */
  | 'hub'
  /** The calling thing itself (a hub), a device of the project, a lock behind it, one of another project, no such thing. */
  | 'thing'
  /** The owner of A, another person of the project, a person of another project, nobody. */
  | 'user'
  /** The caller's, the caller's if it is BYOU, another, another that is BYOU. */
  | 'project'
  /** The calling device in home A, the same with A switched off, a device in home B, one of another project, none. */
  | 'device'
  /** Those of `home`, then any call with a provisioning token. */
  | 'addition'
  /** One that works for the caller's project, for that and another, for another, for all, for none, no such account. */
  | 'staff-account';

export interface Expected {
  of: Kind;
  /** A line: one letter an object, then the principals it holds for. */
  rows: string;
}

export const everyone =
  'homeless owner member guest removed ownerOfB userElsewhere device key keyCommands keyEvents keyKv keyByou keyAdmin keyElsewhere orgKey orgKeyElsewhere service serviceElsewhere superKey guestLink support supportElsewhere admin adminOfAll thing';

export const people = 'homeless owner member guest removed ownerOfB userElsewhere';
export const projectKeys = 'key keyCommands keyEvents keyKv keyByou keyAdmin';
export const strangers = 'guestLink support supportElsewhere admin adminOfAll thing';

/** What a signed-in person alone may do, whoever it is. */
export const anyPerson = `
  U | anonymous
  A | ${people}
  D | device ${projectKeys} keyElsewhere orgKey orgKeyElsewhere service serviceElsewhere superKey ${strangers}`;

/** What a lock shows to those who have a place at it and to the keys of its organisation; a guest has one by a grant. */
export const lockReaders = `
  UUUUU | anonymous
  AADNN | owner member
  DDDNN | guest
  DDANN | ownerOfB
  DDDNN | homeless removed
  NNNAN | orgKeyElsewhere serviceElsewhere keyElsewhere
  NNNDN | userElsewhere
  AAANN | ${projectKeys} orgKey service
  AAAAN | superKey
  DDDDD | device ${strangers}`;

export const keysOf = (permission: string): string =>
  projectKeys
    .split(' ')
    .filter((name) => name !== permission)
    .join(' ');

/** What people of the home and keys of the project may read; `device`: it may read itself. */
export const readersOf = (device: 'AADNN' | 'DDDDD'): string => `
  UUUUU | anonymous
  AAMNN | owner member guest
  MMANN | ownerOfB
  MMMNN | homeless removed
  NNNMN | userElsewhere
  AAANN | ${projectKeys}
  NNNAN | keyElsewhere
  ${device} | device
  DDDDD | orgKey orgKeyElsewhere service serviceElsewhere superKey ${strangers}`;

/** What people of the home may change while it is in use, and a key with the permission of that name. */
export const writersOf = (key: string, device: 'AADNN' | 'DDDDD' = 'DDDDD'): string => `
  UUUUU | anonymous
  ADMNN | owner member
  DDMNN | guest
  MMANN | ownerOfB
  MMMNN | homeless removed
  NNNMN | userElsewhere
  AAANN | ${key}
  DDDNN | ${keysOf(key)}
  NNNAN | keyElsewhere
  ${device} | device
  DDDDD | orgKey orgKeyElsewhere service serviceElsewhere superKey ${strangers}`;

/** What owners of the home do at its doors; `A`, home A in use, then switched off. */
export const ownersAtDoor = (inA: 'ADDNN' | 'AADNN', others: string): string => `
  UUUUU | anonymous
  ${inA} | owner
  DDANN | ownerOfB
  DDDNN | member guest homeless removed
  NNNDN | userElsewhere
  ${others}
  DDDDD | device ${projectKeys} keyElsewhere ${strangers}`;

export const noKeys = 'DDDDD | orgKey orgKeyElsewhere service serviceElsewhere superKey';
export const keysInUse =
  'ADANN | orgKey service\n  NNNAN | orgKeyElsewhere serviceElsewhere\n  AAAAN | superKey';
export const keysAlways =
  'AAANN | orgKey service\n  NNNAN | orgKeyElsewhere serviceElsewhere\n  AAAAN | superKey';

/** What is open to all, since a code or a token is the right. */
export const anybody = `A | anonymous ${everyone}`;
