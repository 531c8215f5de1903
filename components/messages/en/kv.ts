/** English texts of key-value data. */
export const kv = {} as const;
