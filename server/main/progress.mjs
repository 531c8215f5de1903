const tickMs = 15_000;

/** @param {number} startedAt */
function seconds(startedAt) {
  return `${((Date.now() - startedAt) / 1_000).toFixed(1)} s`;
}

/**
 * Says a line on stderr: stdout belongs to the program that is started.
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * Does something that takes a while and shows that it goes on and how long it took.
 * @template Result
 * @param {string} words for example `building the pages`
 * @param {() => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function step(words, work) {
  const startedAt = Date.now();
  const isTerminal = process.stderr.isTTY === true;
  const show = (/** @type {string} */ text) =>
    process.stderr.write(isTerminal ? `\r\x1b[2K${text}` : `${text}\n`);
  show(`${words} …`);
  const timer = setInterval(() => show(`${words} … ${seconds(startedAt)}`), isTerminal ? 500 : tickMs);
  try {
    const result = await work();
    show(`${words}: done in ${seconds(startedAt)}${isTerminal ? '\n' : ''}`);
    return result;
  } catch (error) {
    show(`${words}: failed after ${seconds(startedAt)}${isTerminal ? '\n' : ''}`);
    throw error;
  } finally {
    clearInterval(timer);
  }
}
