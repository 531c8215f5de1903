import {
  anyPerson,
  type Expected,
  keysOf,
  noKeys,
  ownersAtDoor,
  people,
  projectKeys,
  readersOf,
  strangers,
  writersOf,
} from './lines';

/** What people who manage members may do; without the project's switch that is every member of a home in use. */
const memberManagers = `
  UUUUU | anonymous
  ADMNN | owner member
  DDMNN | guest
  MMANN | ownerOfB
  MMMNN | homeless removed
  NNNMN | userElsewhere
  DDDDD | device ${projectKeys} keyElsewhere orgKey orgKeyElsewhere service serviceElsewhere superKey ${strangers}`;

/** What owners alone may do with the places of others, while the home is in use. */
const ownersOfMembers = `
  UUUUU | anonymous
  ADMNN | owner
  DDMNN | member guest
  MMANN | ownerOfB
  MMMNN | homeless removed
  NNNMN | userElsewhere
  DDDDD | device ${projectKeys} keyElsewhere orgKey orgKeyElsewhere service serviceElsewhere superKey ${strangers}`;

/** What people of a home may read, switched off too; no keys. */
const membersThemselves = `
  UUUUU | anonymous
  AAMNN | owner member guest
  MMANN | ownerOfB
  MMMNN | homeless removed
  NNNMN | userElsewhere
  DDDDD | device ${projectKeys} keyElsewhere orgKey orgKeyElsewhere service serviceElsewhere superKey ${strangers}`;

/** Homes, their members, smart modules and values. */
export const homesExpected = {
  'members.list': { of: 'home', rows: readersOf('DDDDD') },
  'members.get': { of: 'home', rows: readersOf('DDDDD') },
  'members.add': { of: 'home', rows: memberManagers },
  'members.remove': { of: 'home', rows: memberManagers },
  'members.change': { of: 'home', rows: ownersOfMembers },
  'members.details': { of: 'home', rows: membersThemselves },
  'members.resend': { of: 'home', rows: memberManagers },
  'members.readdress': { of: 'home', rows: ownersOfMembers },
  'homes.create': { of: 'nothing', rows: anyPerson },
  'homes.list': {
    of: 'user',
    rows: `
      UUUU | anonymous
      ADDD | owner
      DDDD | homeless member guest removed ownerOfB userElsewhere
      AADD | ${projectKeys}
      DDAD | keyElsewhere
      DDDD | device orgKey orgKeyElsewhere service serviceElsewhere superKey ${strangers}`,
  },
  'homes.get': {
    of: 'home',
    rows: `
      UUUUU | anonymous
      AAMNN | owner member guest
      MMANN | ownerOfB
      MMMNN | homeless removed
      NNNMN | userElsewhere
      AAANN | ${projectKeys}
      NNNAN | keyElsewhere
      DDDDD | device orgKey orgKeyElsewhere service serviceElsewhere superKey ${strangers}`,
  },
  'homes.locks': {
    of: 'home',
    rows: `
      UUUUU | anonymous
      AADNN | owner member
      DDANN | ownerOfB
      DDDNN | homeless guest removed
      NNNDN | userElsewhere
      DDDDD | device ${projectKeys} keyElsewhere orgKey orgKeyElsewhere service serviceElsewhere superKey ${strangers}`,
  },
  'homes.update': { of: 'home', rows: writersOf('keyAdmin') },
  'homes.delete': { of: 'home', rows: memberManagers },
  'homes.activity': {
    of: 'home',
    rows: `
      UUUUU | anonymous
      AAMNN | owner member guest
      MMANN | ownerOfB
      MMMNN | homeless removed
      NNNMN | userElsewhere
      DDDDD | device ${projectKeys} keyElsewhere orgKey orgKeyElsewhere service serviceElsewhere superKey ${strangers}`,
  },
  'homes.views': { of: 'home', rows: ownersAtDoor('AADNN', noKeys) },
  'homes.answerView': { of: 'home', rows: ownersAtDoor('AADNN', noKeys) },
  'homes.endView': { of: 'home', rows: ownersAtDoor('AADNN', noKeys) },
  'homes.events': { of: 'home', rows: readersOf('DDDDD') },
  'homes.event': {
    of: 'home',
    rows: `
      UUUUU | anonymous
      AAANN | keyEvents
      DDDNN | ${keysOf('keyEvents')}
      NNNAN | keyElsewhere
      DDDDD | ${people} device orgKey orgKeyElsewhere service serviceElsewhere superKey ${strangers}`,
  },
  'homeValues.list': { of: 'home', rows: readersOf('DDDDD') },
  'homeValues.get': { of: 'home', rows: readersOf('DDDDD') },
  'homeValues.put': { of: 'home', rows: writersOf('keyKv') },
  'homeValues.delete': { of: 'home', rows: writersOf('keyKv') },
  'modules.list': { of: 'home', rows: readersOf('DDDDD') },
  'modules.get': { of: 'home', rows: readersOf('DDDDD') },
  'modules.command': { of: 'home', rows: writersOf('keyCommands') },
} satisfies Record<string, Expected>;
