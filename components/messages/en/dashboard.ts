/** English texts of what needs attention, leaving home. */
export const dashboard = {} as const;
