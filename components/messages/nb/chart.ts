import type { chart as en } from '../en/chart';

/** Norwegian texts of charts of a device's numbers. */
export const chart: Readonly<Record<keyof typeof en, string>> = {
  'chart.title': 'Diagrammer',
  'chart.lead': 'Tall som enheten melder i hendelsene sine, over tid og etter hvert som de kommer.',
  'chart.loading': 'Laster diagrammet',
  'chart.field': 'Verdi',
  'chart.range': 'Tidsrom',
  'chart.range.hour': 'Siste time',
  'chart.range.day': 'Siste døgn',
  'chart.range.week': 'Siste uke',
  'chart.range.month': 'Siste 30 dager',
  'chart.newest': 'Nyeste',
  'chart.least': 'Laveste',
  'chart.mean': 'Gjennomsnitt',
  'chart.most': 'Høyeste',
  'chart.count': 'Verdier',
  'chart.asTable': 'Vis som tabell',
  'chart.asChart': 'Vis som diagram',
  'chart.line': '{field} over tid',
  'chart.spoken': '{value}, {when}',
  'chart.keys': 'Piltastene går fra verdi til verdi.',
  'chart.busy': 'Laster eldre verdier. Så langt: {count}',
  'chart.ready': 'Verdier i tidsrommet: {count}',
  'chart.cut':
    'De nyeste {count} hendelsene vises; det finnes eldre i tidsrommet. Velg et kortere tidsrom for å se hele.',
  'chart.inexact':
    'Ikke tegnet, fordi de har flere sifre enn et diagram kan skille: {count}. Tabellen har dem som tekst.',
  'chart.none.title': 'Ingen tall ennå',
  'chart.none.text': 'Så snart en hendelse fra enheten inneholder et tall, kan det tegnes her.',
  'chart.empty.title': 'Ingenting i tidsrommet',
  'chart.empty.text': 'Enheten meldte ingen slik verdi. Velg et lengre tidsrom eller en annen verdi.',
  'chart.notDrawn.title': 'Disse tallene kan ikke tegnes riktig',
  'chart.notDrawn.text':
    'De har flere sifre enn et diagram kan skille. Tabellen har hvert av dem slik enheten skrev det.',
  'chart.again': 'Prøv igjen',
  'chart.when': 'Når',
  'chart.more': 'Vis flere',
  'chart.day': '{day}. {month}',
};
