import type { scan as en } from '../en/scan';

/** Norwegian texts of scanning a code with the camera. */
export const scan: Readonly<Record<keyof typeof en, string>> = {
  'scan.title': 'Skann koden',
  'scan.lead': 'Hold QR-koden foran kameraet. Bildet blir på denne enheten.',
  'scan.starting': 'Starter kameraet',
  'scan.looking': 'Ser etter en kode',
  'scan.view': 'Bildet fra kameraet',
  'scan.photo': 'Bruk et bilde i stedet',
  'scan.type': 'Skriv den i stedet',
  'scan.refused.title': 'Kameraet er ikke tillatt her',
  'scan.refused.text':
    'Nettleseren eller eieren har nektet tilgang til kameraet. Tillat det i innstillingene for siden, bruk et bilde, eller skriv koden.',
  'scan.absent.title': 'Ingen kamera kan brukes',
  'scan.absent.text':
    'Enheten har ikke noe, et annet program bruker det, eller siden ble ikke åpnet over https. Bruk et bilde eller skriv koden.',
  'scan.unread': 'Det er ingen lesbar QR-kode i bildet. Ta det nærmere og skarpere, eller skriv koden.',
};
