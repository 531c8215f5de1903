import { type Expected, lockReaders, noKeys, ownersAtDoor, people, projectKeys, strangers } from './lines';

/** What the owner of the home and the keys of the organisation decide about a lock. */
const lockManagers = `
  UUUUU | anonymous
  ADDNN | owner
  DDDNN | member guest homeless removed
  DDANN | ownerOfB
  NNNDN | userElsewhere
  AAANN | orgKey service
  NNNAN | orgKeyElsewhere serviceElsewhere
  AAAAN | superKey
  DDDDD | device ${projectKeys} keyElsewhere ${strangers}`;

/** What only the keys of the organisation decide about a lock. */
const lockOrganisation = `
  UUUUU | anonymous
  AAANN | orgKey service
  NNNAN | orgKeyElsewhere serviceElsewhere
  AAAAN | superKey
  DDDDD | ${people} device ${projectKeys} keyElsewhere ${strangers}`;

/** What owners and members see of a door. */
const residents = `
  UUUUU | anonymous
  AADNN | owner member
  DDDNN | guest homeless removed
  DDANN | ownerOfB
  NNNDN | userElsewhere
  DDDDD | device ${projectKeys} keyElsewhere orgKey orgKeyElsewhere service serviceElsewhere superKey ${strangers}`;

/** Doors: opening them, what is told of them, and what they are. */
export const locksExpected = {
  'locks.list': {
    of: 'nothing',
    rows: `
      U | anonymous
      A | ${people} ${projectKeys} keyElsewhere orgKey orgKeyElsewhere service serviceElsewhere superKey
      D | device ${strangers}`,
  },
  'locks.get': {
    of: 'home',
    rows: `
      UUUUU | anonymous
      AADNN | owner member
      DDANN | ownerOfB
      DDDNN | guest homeless removed
      NNNDN | userElsewhere
      DDDDD | device ${projectKeys} keyElsewhere orgKey orgKeyElsewhere service serviceElsewhere superKey ${strangers}`,
  },
  'locks.openings': {
    of: 'home',
    rows: `
      UUUUU | anonymous
      AADNN | owner member
      DDDNN | guest homeless removed
      DDANN | ownerOfB
      NNNDN | userElsewhere
      DDDDD | device ${projectKeys} keyElsewhere orgKey orgKeyElsewhere service serviceElsewhere superKey ${strangers}`,
  },
  'locks.activity': {
    of: 'home',
    rows: `
      UUUUU | anonymous
      AADNN | owner member
      DDDNN | guest homeless removed
      DDANN | ownerOfB
      NNNDN | userElsewhere
      DDDDD | device ${projectKeys} keyElsewhere orgKey orgKeyElsewhere service serviceElsewhere superKey ${strangers}`,
  },
  'locks.open': {
    of: 'home',
    rows: `
      UUUUU | anonymous
      AADNN | owner
      ADDNN | member
      DDDNN | guest homeless removed
      DDANN | ownerOfB
      NNNDN | userElsewhere
      ADANN | orgKey service
      NNNAN | orgKeyElsewhere serviceElsewhere
      AAAAN | superKey
      DDDDD | device ${projectKeys} keyElsewhere ${strangers}`,
  },
  'locks.startPasskey': {
    of: 'home',
    rows: `
      UUUUU | anonymous
      AADNN | owner
      ADDNN | member
      DDDNN | guest homeless removed
      DDANN | ownerOfB
      NNNDN | userElsewhere
      DDDDD | device ${projectKeys} keyElsewhere orgKey orgKeyElsewhere service serviceElsewhere superKey ${strangers}`,
  },
  'locks.shadow': { of: 'home', rows: ownersAtDoor('AADNN', noKeys) },
  'locks.basicInfo': { of: 'home', rows: lockReaders },
  'locks.events': { of: 'home', rows: lockReaders },
  'locks.settings': { of: 'home', rows: residents },
  'locks.latency': { of: 'home', rows: residents },
  'locks.history': { of: 'home', rows: residents },
  'locks.condition': { of: 'home', rows: residents },
  'locks.favourite': { of: 'home', rows: residents },
  'locks.unfavourite': { of: 'home', rows: residents },
  'locks.details': { of: 'home', rows: lockReaders },
  'locks.residents': { of: 'home', rows: lockReaders },
  'locks.state': { of: 'home', rows: lockReaders },
  'locks.opening': {
    of: 'home',
    rows: `
      UUUUU | anonymous
      AADNN | owner member
      DDANN | ownerOfB
      DDDNN | guest homeless removed
      NNNDN | userElsewhere
      AAANN | orgKey service
      NNNAN | orgKeyElsewhere serviceElsewhere
      AAAAN | superKey
      DDDDD | device ${projectKeys} keyElsewhere ${strangers}`,
  },
  'locks.create': {
    of: 'nothing',
    rows: `
      U | anonymous
      A | orgKey orgKeyElsewhere service serviceElsewhere superKey
      D | ${people} device ${projectKeys} keyElsewhere ${strangers}`,
  },
  'locks.setOwner': { of: 'home', rows: lockOrganisation },
  'locks.setOrganization': {
    of: 'claim',
    rows: `
      UUUUUU | anonymous
      AAANNA | orgKey service
      NNNANA | orgKeyElsewhere serviceElsewhere
      AAAANA | superKey
      DDDDDD | ${people} device ${projectKeys} keyElsewhere ${strangers}`,
  },
  'locks.changeUuid': {
    of: 'home',
    rows: `
      UUUUU | anonymous
      AAAAN | superKey
      DDDDD | ${people} device ${projectKeys} keyElsewhere orgKey orgKeyElsewhere service serviceElsewhere ${strangers}`,
  },
  'locks.addKey': { of: 'home', rows: lockManagers },
  'locks.removeKey': { of: 'home', rows: lockManagers },
  'locks.bulkAddKeys': { of: 'home', rows: lockManagers },
  'locks.writeKey': { of: 'home', rows: lockManagers },
  'locks.addResident': { of: 'home', rows: lockManagers },
  'locks.removeResident': { of: 'home', rows: lockManagers },
  'locks.assignHome': { of: 'home', rows: lockOrganisation },
  'locks.remove': { of: 'home', rows: lockManagers },
  'locks.update': {
    of: 'home',
    rows: `
      UUUUU | anonymous
      ADDNN | owner
      DDDNN | member guest homeless removed
      DDANN | ownerOfB
      NNNDN | userElsewhere
      DDDDD | device ${projectKeys} keyElsewhere orgKey orgKeyElsewhere service serviceElsewhere superKey ${strangers}`,
  },
} satisfies Record<string, Expected>;
