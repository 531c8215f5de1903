import { z } from 'zod';
import { readEmail } from '@/server/domain/account';
import type { TextOf } from '../messages/lookup';
import { passwordLeast, passwordTrouble } from './password-strength';
import { inOurWords } from './refused';

/** Checks of the fields of an account, by the service's own rules, in the words of the page. */
export const nameField = (text: TextOf) =>
  z.string().trim().min(1, text('signUp.missingName')).max(120, text('signUp.longName'));

export const emailField = (text: TextOf) =>
  z
    .string()
    .trim()
    .min(1, text('signIn.missingEmail'))
    .refine((value) => value === '' || readEmail(value) !== undefined, text('signUp.badEmail'));

export const newPasswordField = (text: TextOf, email?: string, least = passwordLeast) =>
  z.string().superRefine((value, context) => {
    const trouble = passwordTrouble(value, email, least);
    if (trouble === undefined) return;
    const message =
      trouble === 'short' ? text('account.password.short', { least }) : text(`account.password.${trouble}`);
    context.addIssue({ code: 'custom', message });
  });

/** What the service says of addresses and passwords, in the words of the page. */
export const inWordsOfFields = (
  error: unknown,
  text: TextOf,
  passwordName = 'password',
  least = passwordLeast,
): unknown =>
  inOurWords(error, {
    INVALID_EMAIL: ['email', text('signUp.badEmail')],
    PASSWORD_TOO_SHORT: [passwordName, text('account.password.short', { least })],
    PASSWORD_TOO_WEAK: [passwordName, text('account.password.weak')],
    INCORRECT_PASSWORD: ['currentPassword', text('account.passwordSection.wrong')],
  });
