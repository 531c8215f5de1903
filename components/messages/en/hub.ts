/** English texts of hubs and pairing. */
export const hub = {} as const;
