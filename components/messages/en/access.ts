/** English texts of who can open, grants, guest links and settings of a door. */
export const access = {} as const;
