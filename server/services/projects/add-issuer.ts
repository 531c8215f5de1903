import type { InputOf, OutputOf } from '../../contracts/operation';
import type { addIssuer as operation } from '../../contracts/project-issuers';
import { Failure, invalidField } from '../../domain/errors';
import type { Caller, Deps } from '../deps';
import { createIssuer } from '../issuers/create-issuer';
import { changeProject } from './change-project';
import { toIssuer } from './view';

/** POST /staff/projects/{projectId}/issuers. Raises `invalid` for an address that may not be fetched, ISSUER_TAKEN. */
export const addIssuer = (
  deps: Pick<Deps, 'db' | 'clock'>,
  caller: Caller,
  { params: { projectId }, body }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> =>
  changeProject(deps, 'projects.addIssuer', caller, projectId, async ({ tx }) => {
    const made = await createIssuer({ db: tx, clock: deps.clock }, { ...body, projectId }, caller).catch(
      (error: unknown) => {
        // The operator's command line calls it otherwise.
        const isAddress = error instanceof Failure && error.issues[0]?.field === 'jwks-url';
        throw isAddress ? invalidField('jwksUrl', error.issues[0]?.message ?? '', 'BAD_ADDRESS') : error;
      },
    );
    return toIssuer(made);
  });
