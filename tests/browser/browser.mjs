// What the journeys share: a browser in each width, with scripts and without, and claims.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const require = createRequire(new URL('../../src/web/assets/build/', import.meta.url));
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const shots = process.env.SHOTS;
const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export const base = process.argv[2].replace(/\/$/, '');
let failures = 0;

/** Says whether a claim holds. */
export const check = (holds, claim) => {
  console.log(holds ? 'ok  ' : 'FAIL', claim);
  if (!holds) failures += 1;
};

/** Goes on a journey in every way that people come: wide and narrow, with scripts and without. */
export const everyWay = async journey => {
  let nth = 0;
  for (const scripts of [true, false]) {
    for (const width of [1280, 320]) {
      const profile = mkdtempSync(join(tmpdir(), 'hereabouts-'));
      const context = await chromium.launchPersistentContext(profile, {
        executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
        headless: true,
        args: ARGS,
        // This lets axe in; the policy itself is tested in Rust.
        bypassCSP: true,
        javaScriptEnabled: scripts,
        reducedMotion: 'reduce',
        viewport: { width, height: 900 },
      });
      const tag = `${width}px, scripts ${scripts ? 'on' : 'off'}`;
      try {
        const page = await context.newPage();
        const errors = watched(page);
        await journey({ page, tag, scripts, nth: nth++, look: looker(page, tag, scripts, width) });
        check(errors.length === 0, `${tag}: no page calls out or fails (${errors.slice(0, 3).join('; ')})`);
      } catch (error) {
        check(false, `${tag}: ${error.message.split('\n')[0]}`);
      } finally {
        await context.close();
        rmSync(profile, { recursive: true, force: true });
      }
    }
  }
};

const mails = (page, to, subject) =>
  page.locator('li', { hasText: `To ${to}@` }).filter({ hasText: subject });

/** How many mails of the demonstration somebody has. */
export const countMails = async (page, to, subject) => {
  await page.goto(`${base}/outbox`);
  return mails(page, to, subject).count();
};

/** Opens the newest mail to somebody, once there are more than there were. */
export const newestMail = async (page, to, subject, before = 0) => {
  for (let tries = 0; tries < 40; tries += 1) {
    if (await countMails(page, to, subject) > before) {
      return mails(page, to, subject).first().getByRole('link').click();
    }
    await page.waitForTimeout(250);
  }
  throw new Error(`no mail to ${to} came`);
};

/** Signs somebody of the demonstration in, by the mail that they are sent. */
export const signIn = async (page, who, next) => {
  const name = who.split(',')[0].toLowerCase();
  const before = await countMails(page, name, 'Sign in to');
  await page.goto(`${base}/sign-in?next=${next}`);
  await press(page, 'button', who);
  await page.waitForURL(/\/sign-in\/sent$/);
  await newestMail(page, name, 'Sign in to', before);
  await press(page, 'link', '/sign-in/');
  await press(page, 'button', 'Sign in');
  await page.waitForURL(url => url.pathname === next);
};

/** Presses a button or link as somebody without a mouse does. */
export const press = async (page, role, name) => {
  await page.getByRole(role, { name }).first().focus();
  await page.keyboard.press('Enter');
};

/** Claims that a page says something, once it is there. */
export const sees = (page, tag) => async (text, claim) => {
  await page.getByText(text).first().waitFor({ timeout: 5000 }).catch(() => {});
  check(await page.getByText(text).count() > 0, `${tag}: ${claim}`);
};

/** Ends the run: how many claims failed. */
export const end = () => {
  console.log(failures ? `${failures} failed` : 'the whole journey holds');
  process.exit(failures ? 1 : 0);
};

/** What a page asks of other sites, and what it says went wrong. A refused form is no fault. */
const watched = page => {
  const errors = [];
  page.on('request', request => {
    const url = new URL(request.url());
    if (!['data:', 'blob:'].includes(url.protocol) && url.origin !== new URL(base).origin) errors.push(`off-site ${url}`);
  });
  page.on('console', message => {
    if (message.type() === 'error' && !/status of 4(09|10|22)/.test(message.text())) errors.push(message.text());
  });
  return errors;
};

/** Looks at a page: a picture where they are wanted, that it fits, and the rules of axe. */
const looker = (page, tag, scripts, width) => async (name, rules = true) => {
  if (shots) await page.screenshot({ path: join(shots, `${tag}-${name}.png`.replaceAll(' ', '-')), fullPage: true });
  const fits = await page.locator('html').evaluate(html => html.scrollWidth, null, { timeout: 2000 }).catch(() => width);
  check(fits <= width, `${tag}: ${name} fits the screen (${fits})`);
  if (!scripts || !rules) return;
  await page.evaluate(axe);
  const found = await page.evaluate(tags => globalThis.axe.run({ runOnly: tags }), RULES);
  const faults = found.violations.map(fault => `${fault.id}: ${fault.nodes[0].html.slice(0, 80)}`);
  check(faults.length === 0, `${tag}: ${name} keeps the accessibility rules (${faults.join('; ')})`);
};
