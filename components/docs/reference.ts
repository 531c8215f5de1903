/** The parts of a JSON schema that the reference shows. */
export interface Schema {
  type?: string | string[];
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  pattern?: string;
  maxLength?: number;
  minLength?: number;
  default?: unknown;
  example?: unknown;
  nullable?: boolean;
}

interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  schema?: Schema;
}

interface Content {
  schema?: Schema;
  example?: unknown;
}

interface OpenApiOperation {
  operationId: string;
  summary: string;
  tags: string[];
  security?: Record<string, unknown>[];
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content: Record<string, Content> };
  responses: Record<string, { description: string; content?: Record<string, Content> }>;
}

export interface OpenApi {
  paths: Record<string, Record<string, OpenApiOperation>>;
}

/** One call, as the page shows it. */
export interface DocumentedOperation {
  id: string;
  tag: string;
  method: string;
  path: string;
  summary: string;
  parameters: Parameter[];
  takesApiKey: boolean;
  body?: { types: string[]; schema: Schema; example: string };
  responses: { status: string; description: string; example?: string }[];
}

/** A value that fits a schema, for people to start from. Optional members are shown too. */
export function exampleOf(schema: Schema | undefined, name = '', depth = 0): unknown {
  if (schema === undefined || depth > 6) return undefined;
  if (schema.example !== undefined) return schema.example;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.anyOf !== undefined) return exampleOf(schema.anyOf[0], name, depth + 1);
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
      return /version|total|page|count/i.test(name) ? 1 : 42;
    case 'boolean':
      return true;
    case 'string':
      if (schema.format === 'date-time') return '2026-01-31T12:00:00.000Z';
      if (/email/i.test(name)) return 'kim@example.com';
      if (/phone/i.test(name)) return '+4712345678';
      if (/uuid/i.test(name)) return '3f1f5c1e-8a53-4f0e-9a53-5b7e0f6f1c11';
      return name === '' ? 'text' : name;
    default:
      return {};
  }
}

const toText = (value: unknown): string => JSON.stringify(value, null, 2);

/** Every operation of the document in its order. */
export function readReference(document: OpenApi): DocumentedOperation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): DocumentedOperation => {
      const content = operation.requestBody?.content;
      const schema = content === undefined ? undefined : Object.values(content)[0]?.schema;
      return {
        id: operation.operationId,
        tag: operation.tags[0] ?? '',
        method: method.toUpperCase(),
        path,
        summary: operation.summary,
        parameters: operation.parameters ?? [],
        takesApiKey: (operation.security ?? []).some((one) => 'apiKey' in one),
        ...(content === undefined || schema === undefined
          ? {}
          : { body: { types: Object.keys(content), schema, example: toText(exampleOf(schema)) } }),
        responses: Object.entries(operation.responses).map(([status, response]) => {
          const shown = response.content?.['application/json']?.schema;
          const isSuccess = status.startsWith('2');
          return {
            status,
            description: response.description,
            ...(isSuccess && shown !== undefined ? { example: toText(exampleOf(shown)) } : {}),
          };
        }),
      };
    }),
  );
}

/** Type of a member in a few words. */
export function typeOf(schema: Schema | undefined): string {
  if (schema === undefined) return '';
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (schema.anyOf !== undefined) return [...new Set(schema.anyOf.map(typeOf))].join(' | ');
  const type = Array.isArray(schema.type) ? schema.type.join(' | ') : (schema.type ?? 'any');
  const length = schema.maxLength === undefined ? '' : `, at most ${schema.maxLength}`;
  return `${type}${schema.format === undefined ? '' : ` (${schema.format})`}${length}`;
}
