/** Long: what comes about comes at once, and machines that test are busy. */
const patienceUsually = 30_000;
const pauseMs = 20;

/** Asks until the answer is truthy and returns it; for outcomes that no event announces. Throws when patience ends. */
export async function until<Answer>(
  ask: () => Promise<Answer>,
  patienceMs = patienceUsually,
): Promise<NonNullable<Exclude<Answer, false>>> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const answer = await ask();
    if (answer) return answer as NonNullable<Exclude<Answer, false>>;
    if (Date.now() > deadline) throw new Error('it did not come about');
    await new Promise((resolve) => {
      setTimeout(resolve, pauseMs);
    });
  }
}
