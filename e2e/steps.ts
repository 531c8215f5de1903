import type { Page } from '@playwright/test';
import type { MessageKey, TextOf } from '@/components/messages/lookup';

/** Something that a person does; it finds what it needs by the words of the page's own language. */
export type Step = (page: Page, text: TextOf) => Promise<void>;

const patience = { timeout: 15_000 };

type Values = Readonly<Record<string, string | number>>;

const said = (text: TextOf, key: MessageKey, values?: Values): string =>
  (text as (key: MessageKey, values?: Values) => string)(key, values);

/** Where the next step happens: in the dialog if there is one. */
const front = async (page: Page) => {
  const dialog = page.getByRole('dialog').last();
  return (await dialog.count()) > 0 ? dialog : page.locator('body');
};

const pressables = ['button', 'link', 'menuitem', 'switch', 'checkbox', 'radio'] as const;

/** Presses what is called so. */
export const press =
  (key: MessageKey, values?: Values): Step =>
  async (page, text) => {
    const name = said(text, key, values);
    const scope = await front(page);
    const [first, ...others] = pressables.map((role) => scope.getByRole(role, { name, exact: true }));
    const found = others.reduce((sum, one) => sum.or(one), first as NonNullable<typeof first>);
    await found.first().click(patience);
  };

/** The first button of this kind, whatever stands for `what` in its name. */
export const pressFirst =
  (key: MessageKey, what: string): Step =>
  async (page, text) => {
    const mark = '\u0000';
    const [before = '', after = ''] = said(text, key, { [what]: mark }).split(mark);
    const buttons = (await front(page)).getByRole('button');
    for (const button of await buttons.all()) {
      const name = (await button.getAttribute('aria-label')) ?? (await button.textContent()) ?? '';
      if (name.startsWith(before) && name.endsWith(after)) return button.click(patience);
    }
    throw new Error(`there is no button “${before}…${after}”`);
  };

/** Writes into the field of this label. */
export const fill =
  (key: MessageKey, value: string, values?: Values): Step =>
  async (page, text) => {
    const scope = await front(page);
    await scope
      .getByLabel(said(text, key, values))
      .first()
      .fill(value, patience);
  };

/** Chooses an option of the list of this label. */
export const choose =
  (key: MessageKey, value: string): Step =>
  async (page, text) => {
    const scope = await front(page);
    await scope.getByLabel(said(text, key)).first().selectOption(value, patience);
  };

/** Presses a key where the focus is. */
export const pressKey =
  (key: string): Step =>
  (page) =>
    page.keyboard.press(key);

/** Opens the first thing of this kind. */
export const openFirst =
  (selector: string): Step =>
  (page) =>
    page.locator(selector).first().click(patience);

/** Goes on from the field, which is then judged. */
export const leaveField: Step = (page) => page.keyboard.press('Tab');
/** The browser loses its network. */
export const goOffline: Step = (page) => page.context().setOffline(true);

const answerWith = (page: Page, method: string, path: RegExp, status: number, body: object) =>
  page.route(
    (url) => path.test(url.pathname),
    (route) =>
      route.request().method() === method
        ? route.fulfill({ status, json: body, headers: { 'x-request-id': 'req_0192f3a7c1' } })
        : route.fallback(),
  );

/** The service answers the next calls to this path so; nothing is written. */
export const answered =
  (method: string, path: RegExp, status: number, body: object = {}): Step =>
  async (page) => {
    await answerWith(page, method, path, status, body);
  };

/** A pairing that the hub has begun stands in the list, as its next answer tells. */
export const pairingRuns =
  (values: Record<string, unknown>): Step =>
  async (page) => {
    const from = (seconds: number) => new Date(Date.now() + seconds * 1_000).toISOString();
    const attempt = {
      id: '0192f3a7-c1d2-7e3f-8a4b-5c6d7e8f9a0b',
      hubId: /hubs\/([^/]+)/.exec(page.url())?.[1],
      codeKind: 'manual',
      who: { kind: 'user', id: '1', name: 'Kim Solheim' },
      late: false,
      createdAt: from(-14),
      sentAt: from(-13.7),
      acceptedAt: from(-13),
      expiresAt: from(166),
      ...values,
    };
    await answerWith(page, 'GET', /commissionings$/, 200, { items: [attempt], next: null });
    await answerWith(page, 'POST', /CommissionDevice$/, 200, {});
  };

/** Pages that are asked for from now on do not arrive, so that what waits for them stays to be seen. */
export const holdPages: Step = async (page) => {
  await page.route(
    (url) => url.searchParams.has('_rsc'),
    () => {},
  );
};

/** Waits for what comes a moment later. */
export const late: Step = (page) => page.waitForTimeout(700);
