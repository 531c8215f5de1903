import { z } from 'zod';
import type { TextOf } from '../messages/lookup';

/** Checks of the fields of project settings, in the words of the page. */
export const wordField = (text: TextOf) =>
  z
    .string()
    .trim()
    .max(128, text('project.word.wrong'))
    .regex(/^[A-Za-z0-9_.-]+$/, text('project.word.wrong'));

export const descriptionField = (text: TextOf) =>
  z.string().trim().max(1_000, text('project.description.long'));

export const projectNameField = (text: TextOf) =>
  z.string().trim().min(1, text('project.name.missing')).max(200, text('project.name.long'));

/** An address, or nothing. */
export const addressField = (text: TextOf) =>
  z
    .string()
    .trim()
    .refine(
      (value) => value === '' || (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)),
      text('project.modules.address.wrong'),
    );

/** A whole number, or nothing. */
export const limitField = (text: TextOf) =>
  z
    .string()
    .trim()
    .regex(/^\d{0,9}$/, text('project.facts.limit.wrong'));
