import type { Topic } from '../contracts/notifications';
import type { Language } from '../domain/language';
import type { Happening } from '../domain/notify/happenings';

interface Names {
  door: string;
  home: string;
  /** Who did it; empty when nobody known did. */
  who: string;
  count: number;
}
type Line = (names: Names) => { title: string; body: string };

const en: Record<Topic, Line> = {
  opened: ({ door, home, who, count }) => ({
    title: count > 1 ? `${door} was opened ${count} times` : `${door} was opened`,
    body: `${count > 1 ? 'Last by' : 'By'} ${who || 'somebody without a name'}, ${home}.`,
  }),
  refused: ({ door, home, who, count }) => ({
    title: count > 1 ? `${count} tries were refused at ${door}` : `Somebody was refused at ${door}`,
    body: `${who || 'Somebody without a name'} asked to open it and was turned away, ${home}.`,
  }),
  jammed: ({ door, home }) => ({
    title: `${door} is jammed`,
    body: `The bolt is stuck, so the door may not be locked. Go and look, or have somebody look. ${home}.`,
  }),
  forced: ({ door, home }) => ({
    title: `${door} was forced open`,
    body: `The door contact reports it. Go and look, or have somebody look. ${home}.`,
  }),
  unreachable: ({ door, home }) => ({
    title: `${door} is out of reach`,
    body: `Its lock has not answered for two minutes. Whether it is locked is not known. ${home}.`,
  }),
  battery: ({ door, home }) => ({
    title: `The battery of ${door} is low`,
    body: `Change the batteries soon and keep the key at hand. ${home}.`,
  }),
  member: ({ home, who }) => ({
    title: `Somebody joined ${home}`,
    body: `${who || 'A person'} is in this home now. If you do not know why, ask the other owners.`,
  }),
  support: ({ home, who }) => ({
    title: `Support has been at work in ${home}`,
    body: `${who || 'Somebody'} of the support staff looked at this home or changed something in it. What and why stands in its activity.`,
  }),
};

const nb: Record<Topic, Line> = {
  opened: ({ door, home, who, count }) => ({
    title: count > 1 ? `${door} ble åpnet ${count} ganger` : `${door} ble åpnet`,
    body: `${count > 1 ? 'Sist av' : 'Av'} ${who || 'noen uten navn'}, ${home}.`,
  }),
  refused: ({ door, home, who, count }) => ({
    title: count > 1 ? `${count} forsøk ble avvist ved ${door}` : `Noen ble avvist ved ${door}`,
    body: `${who || 'Noen uten navn'} ba om å åpne og ble avvist, ${home}.`,
  }),
  jammed: ({ door, home }) => ({
    title: `${door} har satt seg fast`,
    body: `Låsebolten sitter fast, så døren er kanskje ikke låst. Gå og se, eller be noen se. ${home}.`,
  }),
  forced: ({ door, home }) => ({
    title: `${door} ble brutt opp`,
    body: `Dørkontakten melder det. Gå og se, eller be noen se. ${home}.`,
  }),
  unreachable: ({ door, home }) => ({
    title: `${door} er utenfor rekkevidde`,
    body: `Låsen har ikke svart på to minutter. Det er ikke kjent om den er låst. ${home}.`,
  }),
  battery: ({ door, home }) => ({
    title: `Batteriet i ${door} er lavt`,
    body: `Bytt batterier snart, og ha nøkkelen for hånden. ${home}.`,
  }),
  member: ({ home, who }) => ({
    title: `Noen ble med i ${home}`,
    body: `${who || 'En person'} er i dette hjemmet nå. Vet du ikke hvorfor, så spør de andre eierne.`,
  }),
  support: ({ home, who }) => ({
    title: `Brukerstøtten har vært i ${home}`,
    body: `${who || 'Noen'} i brukerstøtten så på dette hjemmet eller endret noe i det. Hva og hvorfor står i aktiviteten.`,
  }),
};

const languages: Record<Language, Record<Topic, Line>> = { en, nb };

/** Somebody who did something and has told no name, within a sentence. */
export const nameless: Record<Language, string> = { en: 'somebody without a name', nb: 'noen uten navn' };

/** What a person is told of a happening, in the person's language; English when none is known. */
export const noticeOf = (
  { topic, count, actor }: Happening,
  names: { door: string; home: string },
  language: Language | null | undefined,
): { title: string; body: string } =>
  languages[language ?? 'en'][topic]({ ...names, who: actor?.name ?? '', count });
