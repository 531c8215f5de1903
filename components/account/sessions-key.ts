/** Under which the sessions of the account are kept in the page. */
export const sessionsKey = ['account', 'sessions'] as const;
