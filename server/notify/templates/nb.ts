import type { Templates } from './template';

export const nb: Templates = {
  verifyEmail: ({ link }) => ({
    subject: 'Bekreft e-postadressen din',
    body: `Velkommen til Latchkey.

Åpne denne lenken for å bekrefte e-postadressen din:

${link}

Lenken virker én gang og er gyldig i 7 dager. Hvis du ikke har opprettet en konto, kan du se bort fra dette: uten bekreftelsen kan ingen logge inn med adressen din.
`,
  }),
  resetPassword: ({ link }) => ({
    subject: 'Velg et nytt passord',
    body: `Noen, forhåpentligvis du, har bedt om et nytt passord for denne adressen.

Åpne denne lenken for å velge det:

${link}

Lenken virker én gang og er gyldig i 24 timer. Hvis det ikke var deg, kan du se bort fra dette: passordet ditt forblir som det er.
`,
  }),
  accountExists: ({ signIn, reset }) => ({
    subject: 'Du har allerede en konto',
    body: `Noen, forhåpentligvis du, prøvde å registrere seg med denne adressen, som allerede har en konto. Ingenting ble endret.

Logg inn her:

${signIn}

Hvis du ikke husker passordet, kan du velge et nytt her:

${reset}

Hvis det ikke var deg, kan du se bort fra dette.
`,
  }),
  invitation: ({ inviter, home, link }) => ({
    subject: `${inviter} inviterer deg til «${home}»`,
    body: `${inviter} har invitert deg til hjemmet «${home}» på Latchkey.

Åpne denne lenken for å sette opp kontoen din og bli med:

${link}

Lenken virker én gang og er gyldig i 7 dager. Hvis du ikke vet hvem dette er, kan du se bort fra meldingen.
`,
  }),
  addedToHome: ({ inviter, home, link }) => ({
    subject: `${inviter} har lagt deg til i «${home}»`,
    body: `${inviter} har lagt deg til i hjemmet «${home}» på Latchkey. Du finner det blant hjemmene dine:

${link}

Hvis du ikke vet hvem dette er, kan du forlate hjemmet der.
`,
  }),
  smsCode: ({ code }) => ({
    subject: '',
    body: `Latchkey-koden din er ${code}. Den er gyldig i 10 minutter. Ikke gi den videre.`,
  }),
};
