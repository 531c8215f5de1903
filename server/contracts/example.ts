/** The parts of a JSON schema that an example is made from. */
export interface ExampleSchema {
  type?: string | string[] | undefined;
  properties?: Record<string, ExampleSchema> | undefined;
  items?: ExampleSchema | undefined;
  anyOf?: ExampleSchema[] | undefined;
  oneOf?: ExampleSchema[] | undefined;
  allOf?: ExampleSchema[] | undefined;
  enum?: unknown[] | undefined;
  const?: unknown;
  format?: string | undefined;
  pattern?: string | undefined;
  minLength?: number | undefined;
  minimum?: number | undefined;
  default?: unknown;
  example?: unknown;
}

const uuid = '3f1f5c1e-8a53-4f0e-9a53-5b7e0f6f1c11';

/** What members of these names hold, where their schema does not say. */
const byName: readonly [RegExp, unknown][] = [
  [/email/i, 'kim@example.com'],
  [/phone/i, '+4712345678'],
  [/password/i, 'a long pass phrase'],
  [/uuid$/i, uuid],
  [/url$/i, 'https://example.com/'],
  [/^endpoint$/, 'https://push.example.com/subscription'],
  [/^p256dh$/, `B${'A'.repeat(86)}`],
  [/^auth$/, 'A'.repeat(22)],
  [/^timezone$/i, 'Europe/Oslo'],
  [/^commissioningCode$/, '34970112332'],
  [/^pin/i, '493027'],
];

/** Texts of the shapes that patterns ask for: a number, a time of day, a code, a uuid. */
const ofPatterns = ['42', '08:00', '493027', '34970112332', uuid];

function exampleOfText(schema: ExampleSchema, name: string): string {
  if (schema.format === 'date-time' && /until/i.test(name)) return '2026-12-31T12:00:00.000Z';
  // Two of MODE's times have whole seconds (mode-api 1.6), which a schema cannot say.
  if (schema.format === 'date-time')
    return /^claim/.test(name) ? '2026-01-31T12:00:00Z' : '2026-01-31T12:00:00.000Z';
  if (schema.format === 'uuid') return uuid;
  const [, known] = byName.find(([pattern]) => pattern.test(name)) ?? [];
  if (typeof known === 'string') return known;
  const text = name === '' ? 'text' : name;
  if (schema.pattern === undefined) return text.padEnd(schema.minLength ?? 0, 'x');
  const pattern = new RegExp(schema.pattern);
  return [text, ...ofPatterns].find((candidate) => pattern.test(candidate)) ?? text;
}

/** A value that fits a schema, for people to start from. Optional members are shown too. */
export function exampleOf(schema: ExampleSchema | undefined, name = '', depth = 0): unknown {
  if (schema === undefined || depth > 10) return undefined;
  if (schema.example !== undefined) return schema.example;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  const either = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (either !== undefined) return exampleOf(either[0], name, depth + 1);
  const type = Array.isArray(schema.type) ? schema.type.find((one) => one !== 'null') : schema.type;
  switch (type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([member, inner]) => [
          member,
          exampleOf(inner, member, depth + 1),
        ]),
      );
    case 'array':
      return [exampleOf(schema.items, name, depth + 1)];
    case 'integer':
    case 'number':
      return Math.max(/version|total|page|count/i.test(name) ? 1 : 42, schema.minimum ?? 0);
    case 'boolean':
      return true;
    case 'string':
      return exampleOfText(schema, name);
    default:
      return {};
  }
}
