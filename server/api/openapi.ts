import { OpenAPIHono, type RouteConfig } from '@hono/zod-openapi';
import type { z } from 'zod';
import { cloudError, dataPlaneError, lockError } from '../contracts/errors';
import { type ExampleSchema, exampleOf } from '../contracts/example';
import type { Operation } from '../contracts/operation';
import { type OperationId, operations } from '../contracts/registry';

const descriptions: Record<number, string> = {
  400: 'The body cannot be read, or a part of the request is wrong',
  401: 'No usable credential',
  403: 'Invalid data or no permission; the reason tells which',
  404: 'No such object',
  409: 'The object has changed meanwhile',
  413: 'The document would be too large',
  415: 'The body is not UTF-8',
  429: 'Too many requests; see Retry-After',
  500: 'An unexpected error',
  502: 'The device shadow could not be written; the version is unchanged',
  503: 'Temporarily unavailable; see Retry-After',
};

type Errors = Record<Operation['dialect'], z.ZodType>;

function responsesOf(operation: Operation, errors: Errors): RouteConfig['responses'] {
  const error = errors[operation.dialect];
  const responses: RouteConfig['responses'] = {
    [operation.status]:
      operation.output === undefined
        ? { description: 'Done' }
        : { description: 'Success', content: { 'application/json': { schema: operation.output } } },
  };
  if (operation.repeatStatus !== undefined && operation.output !== undefined)
    responses[operation.repeatStatus] = {
      description: 'It was there already',
      content: { 'application/json': { schema: operation.output } },
    };
  for (const status of [...operation.refusals, 401, 500, 503]) {
    responses[status] = {
      description: descriptions[status] ?? 'Refused',
      content: { 'application/json': { schema: error } },
    };
  }
  return responses;
}

const objectOf = (schema: z.ZodType | undefined) => schema as z.ZodObject | undefined;

function requestOf(operation: Operation): RouteConfig['request'] {
  const types =
    operation.bodyFormat === 'form'
      ? ['application/x-www-form-urlencoded', 'multipart/form-data', 'application/json']
      : ['application/json'];
  const params = objectOf(operation.params);
  const query = objectOf(operation.query);
  return {
    ...(params === undefined ? {} : { params }),
    ...(query === undefined ? {} : { query }),
    ...(operation.body === undefined
      ? {}
      : {
          body: {
            required: operation.bodyOptional !== true,
            content: Object.fromEntries(types.map((type) => [type, { schema: operation.body as z.ZodType }])),
          },
        }),
  };
}

type Contents = Record<string, { schema?: ExampleSchema; example?: unknown }>;
interface Documented {
  paths: Record<
    string,
    Record<
      string,
      {
        operationId: OperationId;
        requestBody?: { content: Contents };
        responses: Record<string, { content?: Contents }>;
      }
    >
  >;
}

/** Shows a body and an answer of every call, made from the schemas where no example was written by hand. */
function addExamples({ paths }: Documented): void {
  for (const operation of Object.values(paths).flatMap((methods) => Object.values(methods))) {
    const { body } = (operations as Record<OperationId, Operation>)[operation.operationId].examples ?? {};
    for (const content of Object.values(operation.requestBody?.content ?? {}))
      content.example = body ?? exampleOf(content.schema);
    for (const [status, { content }] of Object.entries(operation.responses))
      for (const answer of Object.values(content ?? {}))
        if (status.startsWith('2')) answer.example = exampleOf(answer.schema);
  }
}

/** The OpenAPI document of the registry, the same bytes for the same registry. */
export function makeOpenApi(): object {
  const app = new OpenAPIHono();
  const registry = app.openAPIRegistry;
  registry.registerComponent('securitySchemes', 'modeCloud', {
    type: 'apiKey',
    in: 'header',
    name: 'Authorization',
    description: '`ModeCloud <token>`',
  });
  registry.registerComponent('securitySchemes', 'bearer', {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
  });
  registry.registerComponent('securitySchemes', 'apiKey', {
    type: 'apiKey',
    in: 'header',
    name: 'X-API-Key',
  });
  registry.registerComponent('securitySchemes', 'basic', { type: 'http', scheme: 'basic' });
  // Named once: every operation refers to them.
  const errors: Errors = {
    cloud: registry.register('CloudError', cloudError),
    lock: registry.register('LockError', lockError),
    'data-plane': registry.register('DataPlaneError', dataPlaneError),
  };
  for (const [id, operation] of Object.entries(operations) as [string, Operation][]) {
    registry.registerPath({
      operationId: id,
      summary: operation.summary,
      method: operation.method.toLowerCase() as 'get',
      path: operation.path,
      tags: [operation.path.split('/')[1] ?? ''],
      security: [
        { modeCloud: [] },
        { bearer: [] },
        ...(operation.dialect === 'cloud' ? [] : [{ apiKey: [] }]),
        ...(operation.dialect === 'data-plane' ? [{ basic: [] }] : []),
      ],
      request: requestOf(operation),
      responses: responsesOf(operation, errors),
    });
  }
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: 'Latchkey', version: '1', description: 'Homes, locks and what happens at the door.' },
  });
  addExamples(document as unknown as Documented);
  return document;
}
