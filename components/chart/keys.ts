/** Where a key leads among `count` places, before it is held to them; undefined: it is no key of a slider. */
export function placeAfter(key: string, stand: number, count: number): number | undefined {
  const page = Math.max(1, Math.round(count / 10));
  const places: Record<string, number> = {
    ArrowLeft: stand - 1,
    ArrowDown: stand - 1,
    ArrowRight: stand + 1,
    ArrowUp: stand + 1,
    PageDown: stand - page,
    PageUp: stand + page,
    Home: 0,
    End: count - 1,
  };
  return places[key];
}
