const floorMs = 50;

/**
 * Answers no sooner than a fixed time after the call, whatever comes of it, so that a known address takes as long as an
 * unknown one (model 6).
 */
export async function inEvenTime<Value>(work: () => Promise<Value>): Promise<Value> {
  const floor = new Promise<void>((resolve) => setTimeout(resolve, floorMs));
  try {
    return await work();
  } finally {
    await floor;
  }
}
