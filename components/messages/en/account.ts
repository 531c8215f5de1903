/** English texts of the account, signing up and passkeys. */
export const account = {} as const;
