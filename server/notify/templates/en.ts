import type { Templates } from './template';

export const en: Templates = {
  verifyEmail: ({ link }) => ({
    subject: 'Confirm your e-mail address',
    body: `Welcome to Latchkey.

Open this link to confirm your e-mail address:

${link}

The link works once and is good for 7 days. If you did not create an account, leave it alone: without the confirmation nobody can sign in with your address.
`,
  }),
  resetPassword: ({ link }) => ({
    subject: 'Set a new password',
    body: `Somebody, hopefully you, asked for a new password for this address.

Open this link to set it:

${link}

The link works once and is good for 24 hours. If it was not you, leave it alone: your password stays as it is.
`,
  }),
  accountExists: ({ signIn, reset }) => ({
    subject: 'You have an account already',
    body: `Somebody, hopefully you, tried to sign up with this address, which has an account already. Nothing was changed.

Sign in here:

${signIn}

If you do not know the password any more, set a new one here:

${reset}

If it was not you, leave it alone.
`,
  }),
  invitation: ({ inviter, home, link }) => ({
    subject: `${inviter} invites you to “${home}”`,
    body: `${inviter} has invited you to the home “${home}” on Latchkey.

Open this link to set up your account and join:

${link}

The link works once and is good for 7 days. If you do not know who this is, leave it alone.
`,
  }),
  addedToHome: ({ inviter, home, link }) => ({
    subject: `${inviter} has added you to “${home}”`,
    body: `${inviter} has added you to the home “${home}” on Latchkey. You find it among your homes:

${link}

If you do not know who this is, you can leave the home there.
`,
  }),
  smsCode: ({ code }) => ({
    subject: '',
    body: `Your Latchkey code is ${code}. It is good for 10 minutes. Do not pass it on.`,
  }),
};
