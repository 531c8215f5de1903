/** English texts of homes and their settings. */
export const home = {} as const;
