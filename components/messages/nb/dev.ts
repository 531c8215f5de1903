import type { dev as en } from '../en/dev';

/** Norwegian texts of the pages for development. */
export const dev: Readonly<Record<keyof typeof en, string>> = {
  'gallery.title': 'Galleri',
  'gallery.lead': 'Alle tilstander, med faste data. Bare i demoen.',
  'gallery.doors': 'Dører',
  'gallery.openings': 'Åpninger',
  'gallery.buttons': 'Holdeknappen',
  'gallery.activity': 'Aktivitet',
  'gallery.around': 'Tomt, laster, feilet',
  'gallery.parts': 'Deler',

  'devPairing.title': 'En lås å pare',
  'devPairing.lead':
    'En virtuell lås som venter. Skann koden på siden til hubben, eller tast inn sifrene under den.',
  'devPairing.waiting': 'Den er i paringsmodus.',
  'devPairing.paired': 'Den er paret allerede. Fjern den for å pare den på nytt.',
  'devPairing.code': 'Paringskode',
  'devPairing.hub': 'Gå til hubben',
  'devPairing.none.title': 'Ingen lås venter',
  'devPairing.none.text':
    'Matter-delen av demoen er ikke oppe ennå, eller er slått av. Se igjen om noen sekunder.',
  'devMessages.title': 'Meldinger',
  'devMessages.lead':
    'E-poster og SMS-er som ikke ble sendt, fordi verken e-posttjener eller SMS-tjeneste er satt opp. Bare i demoen.',
  'devMessages.mail': 'E-post',
  'devMessages.sms': 'Tekstmelding',
  'devMessages.to': 'Til {address}',
  'devMessages.none.title': 'Ingen meldinger ennå',
  'devMessages.none.text':
    'Registrer deg, inviter noen eller be om et nytt passord, så dukker meldingen opp her.',
};
