/** What was told of a hub at a moment: whether it could be reached. */
export interface OnlineWord {
  at: string;
  online: boolean;
}

/** The words that say something else than the one before them; newest first, as they are given. */
export const reachChanges = (words: readonly OnlineWord[]): OnlineWord[] =>
  words.filter(({ online }, index) => online !== words[index + 1]?.online);
