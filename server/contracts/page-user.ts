/** Header by which a page says whose it is, by the user's id. */
export const pageUserHeader = 'X-Page-User';
