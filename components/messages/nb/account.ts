import type { account as en } from '../en/account';

/** Norwegian texts of the account, signing up and passkeys. */
export const account: Readonly<Record<keyof typeof en, string>> = {
  'passkeys.page': 'Innlogging',
  'passkeys.title': 'Tilgangsnøkler',
  'passkeys.lead':
    'Logg inn med finger, ansikt eller skjermlås i stedet for passord, og åpne dører som ber om det.',
  'passkeys.add': 'Legg til en tilgangsnøkkel',
  'passkeys.none.title': 'Ingen tilgangsnøkkel ennå',
  'passkeys.none.text':
    'En tilgangsnøkkel ligger på enheten din eller i passordbehandleren. Ingen kan gjette den, og ingen andre nettsteder kan be om den.',
  'passkeys.made': 'Laget',
  'passkeys.used': 'sist brukt',
  'passkeys.neverUsed': 'ikke brukt ennå',
  'passkeys.actions': 'Handlinger for {name}',
  'passkeys.rename': 'Gi nytt navn',
  'passkeys.rename.title': 'Gi tilgangsnøkkelen nytt navn',
  'passkeys.unsupported':
    'På denne adressen, eller i denne nettleseren, finnes det ikke tilgangsnøkler. De krever https og et vertsnavn, og en nettleser fra de siste årene.',
  'passkeys.needed': 'Du trenger en for å åpne en dør',
  'passkeys.neededAt': 'Uten tilgangsnøkkel kan du ikke åpne fra en nettleser: {doors}',
  'passkeys.add.title': 'Legg til en tilgangsnøkkel',
  'passkeys.add.lead': 'Enheten ber deg deretter om finger, ansikt eller skjermlås.',
  'passkeys.add.submit': 'Fortsett',
  'passkeys.add.waiting': 'Venter på enheten …',
  'passkeys.added': 'Tilgangsnøkkelen er klar',
  'passkeys.name': 'Navn',
  'passkeys.name.hint': 'Det du kjenner den igjen på, for eksempel enheten den ligger på.',
  'passkeys.name.missing': 'Gi den et navn.',
  'passkeys.name.long': 'Høyst 60 tegn.',
  'passkeys.password': 'Passordet ditt',
  'passkeys.password.hint': 'Én gang til, så ingen lager en på en enhet du har latt stå åpen.',
  'passkeys.password.missing': 'Skriv inn passordet ditt.',
  'passkeys.password.wrong': 'Dette er ikke passordet ditt. Prøv igjen.',
  'passkeys.notMade': 'Ingen tilgangsnøkkel ble laget',
  'passkeys.notMade.cancelled':
    'Enheten avbrøt, eller du gjorde det. Ingenting ble endret. Prøv igjen når du er klar.',
  'passkeys.notMade.known': 'Denne enheten har allerede en tilgangsnøkkel til kontoen. Du kan bruke den.',
  'passkeys.notMade.failed':
    'Enheten klarte ikke å lage en. Ingenting ble endret. Prøv en annen enhet eller nettleser.',
  'passkeys.notMade.signInAgain':
    'Til dette må du ha logget inn i løpet av de siste ti minuttene. Logg ut, logg inn igjen og kom tilbake.',
  'passkeys.remove.title': 'Vil du fjerne «{name}»?',
  'passkeys.remove.lead':
    'Den logger ingen inn og åpner ingenting lenger. Enheten din kan fortsatt vise den; du kan slette den der også.',
  'passkeys.remove.last': 'Dette er den siste tilgangsnøkkelen din',
  'passkeys.remove.lastDoors': 'Uten en kan du ikke åpne fra en nettleser: {doors}',
  'passkeys.removed': 'Tilgangsnøkkelen er fjernet',
  'passkeys.signIn': 'Logg inn med tilgangsnøkkel',
  'passkeys.signIn.or': 'eller',
  'passkeys.signIn.waiting': 'Venter på tilgangsnøkkelen …',
  'passkeys.signIn.failed': 'Du er ikke logget inn',
  'passkeys.signIn.cancelled': 'Ingen tilgangsnøkkel ble brukt. Prøv igjen, eller logg inn med passordet.',
  'passkeys.signIn.wrong':
    'Denne tilgangsnøkkelen er ikke kjent her, eller den er fjernet. Logg inn med passordet.',
  'passkeys.signIn.limited': 'For mange forsøk. Vent et minutt og prøv igjen. Kontoen din er ikke låst.',
  'passkeys.signIn.unavailable': 'Tjenesten svarte ikke. Prøv igjen om litt.',
  'passkeys.signIn.unsupported':
    'På denne adressen, eller i denne nettleseren, finnes det ikke tilgangsnøkler. Logg inn med passordet.',
};
