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

const toText = (value: unknown): string => JSON.stringify(value, null, 2);

/** Every operation of the document in its order. */
export function readReference(document: OpenApi): DocumentedOperation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): DocumentedOperation => {
      const content = operation.requestBody?.content;
      const [shownBody] = Object.values(content ?? {});
      return {
        id: operation.operationId,
        tag: operation.tags[0] ?? '',
        method: method.toUpperCase(),
        path,
        summary: operation.summary,
        parameters: operation.parameters ?? [],
        takesApiKey: (operation.security ?? []).some((one) => 'apiKey' in one),
        ...(content === undefined || shownBody?.schema === undefined
          ? {}
          : {
              body: {
                types: Object.keys(content),
                schema: shownBody.schema,
                example: toText(shownBody.example),
              },
            }),
        responses: Object.entries(operation.responses).map(([status, response]) => {
          const shown = response.content?.['application/json']?.example;
          return {
            status,
            description: response.description,
            ...(status.startsWith('2') && shown !== undefined ? { example: toText(shown) } : {}),
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
