/** English texts of notifications and the installed app. */
export const notify = {} as const;
