/** English texts of members and invitations. */
export const member = {} as const;
