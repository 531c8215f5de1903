/**
 * Where a look through somebody's eyes is left. It is named, so that whoever is led there twice at once comes to its home
 * the second time as well, when the browser knows of no look any more.
 */
export const leavePath = (viewId: string): string => `/support/view/leave?view=${encodeURIComponent(viewId)}`;
