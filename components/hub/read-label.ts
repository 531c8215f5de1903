export interface HubLabel {
  serial: string;
  claimCode: string;
}

const claimCodeShape = /^[A-Z0-9]{4}-?[A-Z0-9]{4}-?[A-Z0-9]{4}$/i;

/** Two texts in either order; the one that looks like a claim code is it. */
function fromParts(parts: readonly string[]): HubLabel | undefined {
  const [one, other, ...more] = parts;
  if (one === undefined || other === undefined || more.length > 0) return undefined;
  if (claimCodeShape.test(other)) return { serial: one, claimCode: other };
  return claimCodeShape.test(one) ? { serial: other, claimCode: one } : undefined;
}

function fromNames(named: (name: string) => unknown): HubLabel | undefined {
  const serial = named('serial');
  const claimCode = named('claimCode') ?? named('code');
  return typeof serial === 'string' && typeof claimCode === 'string' ? { serial, claimCode } : undefined;
}

/** The label of a hub out of its QR code: two words, an address with both, or JSON. Undefined: it is none. */
export function readLabel(scanned: string): HubLabel | undefined {
  const text = scanned.trim().slice(0, 1_000);
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null)
      return fromNames((name) => (value as Record<string, unknown>)[name]);
  } catch {
    // No JSON: one of the other forms.
  }
  if (/^https?:\/\//i.test(text)) {
    const { searchParams } = URL.canParse(text) ? new URL(text) : { searchParams: undefined };
    return fromNames((name) => searchParams?.get(name) ?? undefined);
  }
  return fromParts(text.split(/[\s;,|]+/).filter((part) => part !== ''));
}
