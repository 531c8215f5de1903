import type { facts as en } from '../en/facts';

/** Norwegian texts of what is known of a lock. */
export const facts: Record<keyof typeof en, string> = {
  'facts.abilities': 'Hva den kan',
  'facts.abilities.unknown': 'Ikke meldt',
  'facts.abilities.none': 'Ingenting utover å låse og låse opp',
  'facts.can.unbolt': 'Trekke bolten uten fallen',
  'facts.can.doorPosition': 'Fortelle om døren står åpen',
  'facts.can.battery': 'Fortelle batteriets ladning',
  'facts.can.pin': 'Ta imot PIN-koder på tastaturet',
  'facts.can.pinRequired': 'Be om PIN-kode før den åpner på avstand',
  'facts.open': 'Hva Åpne gjør',
  'facts.open.unlatch':
    'Trekker bolt og falle tilbake: et dytt åpner døren. Fallen går ut igjen av seg selv.',
  'facts.open.unlock':
    'Trekker bolten tilbake. Der det er et håndtak, holder fallen til noen trykker det ned.',
  'facts.certificate': 'Sertifisering',
  'facts.certificate.verified': 'Sertifisert',
  'facts.certificate.not-verified': 'Sertifisering ikke bekreftet',
  'facts.certificate.test-certificate': 'Testsertifikat',
  'facts.certificate.refused': 'Sertifikat avvist',
  'facts.certificate.unknown': 'Ikke meldt',
  'facts.certificate.verified.more':
    'Låsens sertifikat ble kontrollert da den ble paret, og den er et sertifisert produkt.',
  'facts.certificate.not-verified.more':
    'Huben kunne ikke kontrollere sertifikatet mot listen over sertifiserte produkter. Låsen virker; om den er det den sier, har ingen bevist.',
  'facts.certificate.test-certificate.more':
    'Låsen viser et sertifikat for utprøving. Det er riktig for en virtuell lås eller en prøve fra en produsent, og ikke for en lås som er solgt.',
  'facts.certificate.refused.more':
    'Sertifikatet besto ikke kontrollen. Ikke stol på låsen i en dør før produsenten har forklart det.',
  'facts.alarm.LOCK_JAMMED': 'Låsebolten har kilt seg',
  'facts.alarm.LOCK_FACTORY_RESET': 'Låsen ble satt tilbake til fabrikktilstand',
  'facts.alarm.WRONG_CODE_LIMIT': 'For mange feil koder ved tastaturet',
  'facts.alarm.COVER_REMOVED': 'Dekselet på låsen ble tatt av',
  'facts.alarm.DOOR_FORCED': 'Døren ble brutt opp',
  'facts.alarm.DOOR_AJAR': 'Døren ble stående åpen',
  'facts.alarm.DOOR_JAMMED': 'Dørkontakten henger fast',
  'facts.alarm.other': 'Alarm fra låsen: {alarm}',
};
