import { z } from 'zod';
import { readEmail } from '@/server/domain/account';
import type { TextOf } from '../messages/lookup';
import { passwordTrouble } from './password-strength';
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

export const newPasswordField = (text: TextOf, email?: string) =>
  z.string().superRefine((value, context) => {
    const trouble = passwordTrouble(value, email);
    if (trouble !== undefined)
      context.addIssue({ code: 'custom', message: text(`account.password.${trouble}`) });
  });

/** What the service says of addresses and passwords, in the words of the page. */
export const inWordsOfFields = (error: unknown, text: TextOf, passwordName = 'password'): unknown =>
  inOurWords(error, {
    INVALID_EMAIL: ['email', text('signUp.badEmail')],
    PASSWORD_TOO_SHORT: [passwordName, text('account.password.short')],
    PASSWORD_TOO_WEAK: [passwordName, text('account.password.weak')],
    INCORRECT_PASSWORD: ['currentPassword', text('account.passwordSection.wrong')],
  });
