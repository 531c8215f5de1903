/** English texts of the activity pages. */
export const activity = {} as const;
