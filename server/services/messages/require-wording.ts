import { faultsOf, type Wording, type WordingFault } from '../../contracts/message-faults';
import { type MessageKind, messageWords } from '../../contracts/message-words';
import { Failure } from '../../domain/errors';

function wordsOf(kind: MessageKind, { fault, of = '' }: WordingFault): string {
  switch (fault) {
    case 'absent':
      return 'is required';
    case 'has-subject':
      return 'an SMS has none';
    case 'lines':
      return 'must be one line';
    case 'unknown':
      return `${of} is not known here; there is ${messageWords[kind].values.map((name) => `{{${name}}}`).join(', ')}`;
    case 'missing':
      return `${of} is missing`;
    case 'secret':
      return `${of} may stand in the text alone`;
    case 'broken':
      return '{{ and }} must stand around the name of a placeholder';
    case 'long':
      return `must be ${of} characters or fewer`;
  }
}

/** Raises `invalid` INVALID_TEMPLATE, which names what is wrong with the texts by field. */
export function requireWording(kind: MessageKind, wanted: Wording): void {
  const issues = faultsOf(kind, wanted).map((fault) => ({
    field: fault.field,
    message: wordsOf(kind, fault),
  }));
  if (issues.length > 0)
    throw new Failure('invalid', {
      reason: 'INVALID_TEMPLATE',
      message: issues.map(({ field, message }) => `${field}: ${message}`).join('; '),
      issues,
    });
}
