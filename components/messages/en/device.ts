/** English texts of devices. */
export const device = {} as const;
