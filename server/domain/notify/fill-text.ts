import { placeholder } from '../../contracts/message-faults';

/**
 * A text with its placeholders filled, in one go: what stands in a value is never filled again. One without a value is
 * left out.
 */
export const fillText = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(placeholder, (_whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? '') : '',
  );
