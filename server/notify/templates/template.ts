export interface Letter {
  subject: string;
  body: string;
}

/** One language: every text that leaves by mail or SMS. */
export interface Templates {
  verifyEmail(values: { link: string }): Letter;
  resetPassword(values: { link: string }): Letter;
  /** To somebody who signed up although the address has an account. */
  accountExists(values: { signIn: string; reset: string }): Letter;
  /** To somebody without an account: the link sets one up. */
  invitation(values: { inviter: string; home: string; link: string }): Letter;
  /** To somebody who has an account: a notice. */
  addedToHome(values: { inviter: string; home: string; link: string }): Letter;
  smsCode(values: { code: string }): Letter;
}
