/** Where an error of the server can be looked up: the digest that Next gives it. */
export function referenceOf(error: unknown): string | undefined {
  const { digest }: { digest?: unknown } = typeof error === 'object' && error !== null ? error : {};
  return typeof digest === 'string' ? digest : undefined;
}
