// What leaves the room with somebody, in a real browser and by keyboard: without an account, two
// services from the results to paper inside three minutes, in every other form in which they are
// taken along, and by a link that anybody can end; then a referral by reference, answered from the
// mail in one press, declined with a reason, and left to the clock.
// usage: node handover.mjs BASE     exit 1 on any failure
import { base, check, countMails, end, everyWay, newestMail, press, sees, signIn } from './browser.mjs';

const WAITS = 'A referral is waiting for an answer';
const SERVICE = 'Old Yard workshop';

await everyWay(async way => {
  const at = { ...way, says: sees(way.page, way.tag) };
  await fromWordsToPaper(at);
  await takenAlong(at);
  await shared(at);
  await signIn(at.page, 'Kwame, link worker', '/referrals');
  await afterTheClock(at);
  await accepted(at, `JT-${at.nth}1`);
  await declined(at, `JT-${at.nth}2`);
});
end();

/** Presses what leads to another page, and waits until that is there. */
async function go(page, role, name) {
  await Promise.all([page.waitForEvent('load'), press(page, role, name)]);
}

/** Ticks or chooses as somebody without a mouse does. */
async function tick(page, label) {
  await page.getByLabel(label).focus();
  if (!await page.getByLabel(label).isChecked()) await page.keyboard.press('Space');
}

/** Opens what is folded away behind some words. */
async function unfold(page, words) {
  await page.locator('summary', { hasText: words }).focus();
  await page.keyboard.press('Enter');
}

/** What a link leads to, without going there. */
async function fetched(page, name) {
  const href = await page.getByRole('link', { name }).first().getAttribute('href');
  return page.context().request.get(new URL(href, base).href);
}

/** Does something in a browser that holds what another held and none of this one's, and answers
 * with what it holds then. */
async function elsewhere(page, held, work) {
  const context = page.context();
  const own = await context.cookies();
  await context.clearCookies();
  await context.addCookies(held);
  await work();
  const left = await context.cookies();
  await context.clearCookies();
  await context.addCookies(own);
  return left;
}

/** Counts the presses and the time of a way, but not the time that looking takes. */
function stopwatch(page, look) {
  const began = Date.now();
  const watch = { presses: 0, looked: 0 };
  return {
    presses: () => watch.presses,
    seconds: () => (Date.now() - began - watch.looked) / 1000,
    go: async (role, name) => {
      watch.presses += 1;
      await go(page, role, name);
    },
    look: async name => {
      const before = Date.now();
      await look(name);
      watch.looked += Date.now() - before;
    },
  };
}

async function fromWordsToPaper(at) {
  const { page, tag, says } = at;
  await page.goto(base);
  await page.locator('input[name=q]').first().fill('lonely');
  await page.locator('input[name=near]').first().fill('WN1 1YF');
  const watch = stopwatch(page, at.look);
  await watch.go('button', 'Search');
  await added(at, watch);
  const menu = page.getByRole('button', { name: 'Menu', exact: true });
  if (await menu.isVisible()) await press(page, 'button', 'Menu');
  await watch.go('link', 'Shortlist (2)');
  await watch.look('shortlist');
  await arranged(at, watch);
  await page.getByLabel('Title').fill('For the winter');
  await watch.go('button', 'Save the title');
  check(await page.getByRole('heading', { name: 'For the winter' }).count() === 1, `${tag}: the list has its title`);
  await watch.look('shortlist with a title');
  await watch.go('link', 'Print it');
  await says('Ask for the Tuesday group', 'the note stands on the paper');
  const seconds = watch.seconds();
  check(seconds < 180, `${tag}: from words to paper in ${watch.presses()} presses and ${seconds.toFixed(1)} s`);
}

async function added({ page, tag }, watch) {
  const [url, cards] = [page.url(), page.locator('.ha-card h3')];
  const names = await cards.allTextContents();
  await watch.go('button', 'Add to shortlist');
  await watch.go('button', 'Add to shortlist');
  const isBack = page.url().startsWith(`${url}#`);
  check(isBack && (await cards.allTextContents()).join() === names.join(), `${tag}: the page comes back at the same results (${page.url()})`);
  check(await page.locator('.ha-card', { hasText: 'On your shortlist' }).count() === 2, `${tag}: both cards say that they are on the list`);
  check(await page.locator('nav a', { hasText: 'Shortlist (2)' }).count() === 1, `${tag}: the menu counts what is on the list`);
  await watch.look('results with two picked');
}

async function arranged({ page, tag, says }, watch) {
  const names = () => page.locator('.ha-listed h2').allTextContents();
  const before = await names();
  await watch.go('button', 'Move down');
  check((await names()).join() === before.toReversed().join(), `${tag}: a service moves down`);
  await watch.go('button', 'Move up');
  check((await names()).join() === before.join(), `${tag}: and up again`);

  const note = page.getByLabel('A note to the person').first();
  await note.fill('Ask for the Tuesday group');
  await watch.go('button', 'Save the note');
  check(await note.inputValue() === 'Ask for the Tuesday group', `${tag}: a note is kept`);
  await note.fill('ring 07700 900123');
  await watch.go('button', 'Save the note');
  await says('What you typed was not kept', 'a note with a phone number is refused');
  check(!(await page.content()).includes('900123'), `${tag}: and the number is nowhere on the page`);
  await watch.look('a refused note');

  await watch.go('button', 'Take out');
  await says('The service was taken off this list', 'a service is taken out');
  await watch.look('taken out');
  await watch.go('button', 'Put it back');
  check((await names()).join() === before.join(), `${tag}: and put back where it stood`);
  check(await note.inputValue() === 'Ask for the Tuesday group', `${tag}: with its note, and not the refused one`);
}

async function takenAlong(at) {
  const { page, look } = at;
  const paper = page.url();
  await look('print');
  await page.goto(`${paper}?print=large`);
  await look('large print');
  await go(page, 'link', 'Back');
  await files(at);
  await go(page, 'link', 'Text message');
  await text(at);
  await go(page, 'link', 'Back to the list');
  await go(page, 'link', 'Who is on my team');
  await at.says('nobody else has it', 'there is a sheet of who is on the team');
  await look('team');
  await go(page, 'link', 'Back to the list');
  await go(page, 'link', 'Compare side by side');
  await at.says('They differ in', 'services are compared');
  await look('compare');
  await page.goto(paper.replace(/\/print$/, ''));
}

async function files({ page, tag, look }) {
  const papers = [];
  for (const name of ['Leaflet to save', /in large print.*Leaflet/]) {
    const pdf = await fetched(page, name);
    papers.push(await pdf.body());
    const isPdf = pdf.headers()['content-type'] === 'application/pdf' && papers.at(-1).subarray(0, 4).toString() === '%PDF';
    check(pdf.status() === 200 && isPdf, `${tag}: the leaflet is a PDF (${papers.length} of 2)`);
  }
  check(!papers[0].equals(papers[1]), `${tag}: the one in large print differs`);
  const dates = await (await fetched(page, 'Dates for a calendar')).text();
  check(dates.startsWith('BEGIN:VCALENDAR'), `${tag}: the dates are a calendar`);
  const file = await (await fetched(page, 'One file to keep')).text();
  check(file.includes('For the winter') && !/(src|href)="http/.test(file), `${tag}: one file needs nothing from elsewhere`);
  const list = page.url();
  await page.setContent(file);
  await look('one file');
  await page.goto(list);
}

async function text({ page, tag, look, scripts }) {
  const message = page.getByLabel('Change it as you like');
  const signs = [...await message.inputValue()].length;
  check(signs > 0 && signs <= 459, `${tag}: the text message is short enough (${signs})`);
  const live = page.locator('.govuk-character-count__status');
  const before = scripts ? await live.textContent() : '';
  await message.press('End');
  await message.pressSequentially('Hello');
  if (scripts) {
    await page.waitForTimeout(1500);
    check(await live.isVisible() && await live.textContent() !== before, `${tag}: the signs are counted while typing (${await live.textContent()})`);
  }
  await look('text message');
}

async function shared(at) {
  const { page, tag, says, look } = at;
  const link = await page.getByLabel('Link to this list').inputValue();
  await elsewhere(page, [], async () => {
    await page.goto(link);
    await says('For the winter', 'whoever has the link sees the list');
    check(await page.getByRole('button', { name: 'Move up' }).count() === 0, `${tag}: and it is only to be read`);
    await look('shared list');
    await go(page, 'link', 'Change or delete this list');
    await look('shared list to change');
    await unfold(page, 'Delete this list');
    await look('shared list to delete');
    await go(page, 'button', 'Delete this list for good');
    await says('its link works no more', 'they can delete it');
    await look('list deleted');
  });
  const gone = await page.goto(link);
  check(gone.status() === 410, `${tag}: the list is gone for whoever made it (${gone.status()})`);
  await says('There is no such list', 'which is said');
  await look('list gone');
}

async function afterTheClock({ page, tag, says, look }) {
  check(await countMails(page, 'sandra', 'A referral still waits for an answer') > 0, `${tag}: the clock reminds of a referral that waits`);
  await page.goto(`${base}/referrals`);
  await look('referrals');
  check((await page.locator('tr', { hasText: 'KW-101' }).textContent()).includes('Lapsed'), `${tag}: what waited too long has lapsed`);
  await go(page, 'link', 'KW-101');
  await says('Lapsed, as nobody said anything in time', 'its page says so');
  await says('What may come next', 'and what may come next');
  await look('lapsed referral');
}

/** Refers somebody, first without their consent, and answers with the referral's page and the link
 * in the provider's mail. */
async function referred({ page, tag, says, look }, reference) {
  const before = await countMails(page, 'jean', WAITS);
  await page.goto(`${base}/search?q=${encodeURIComponent(SERVICE)}&near=WN7`);
  await go(page, 'link', SERVICE);
  await look('listing');
  await go(page, 'link', 'Refer by reference');
  await look('refer');
  await page.getByLabel('Your own reference').fill(reference);
  await tick(page, 'Loneliness');
  await page.getByLabel('Age', { exact: true }).selectOption({ label: '65 to 79' });
  await page.getByLabel('First half of their postcode').fill('WN7');
  await tick(page, 'They come to a session');
  await go(page, 'button', 'Send the referral');
  const errors = page.locator('.govuk-error-summary');
  check(await errors.count() === 1 && (await page.title()).startsWith('Error: '), `${tag}: a referral needs consent (${await errors.allTextContents()})`);
  check(await page.getByLabel('Your own reference').inputValue() === reference, `${tag}: what was typed is kept`);
  await look('refer with a mistake');
  await tick(page, 'They know of this referral');
  await go(page, 'button', 'Send the referral');
  await says('The referral was sent', 'a referral is sent');
  await look('referral sent');
  const referral = page.url().split('?')[0];
  await newestMail(page, 'jean', WAITS, before);
  const link = page.getByRole('link', { name: '/by/' });
  await link.waitFor();
  await look('mail about a referral');
  return [referral, new URL(await link.getAttribute('href'), base).href];
}

async function accepted(at, reference) {
  const { page, tag, says, look } = at;
  const [referral, link] = await referred(at, reference);
  const jean = await elsewhere(page, [], async () => {
    await page.goto(link);
    await says(reference, 'the mail leads to the reference');
    await says('65 to 79', 'with what is needed to answer');
    await look('referral from the mail');
    await go(page, 'button', 'Accept');
    await says('Accepted since', 'one press accepts it');
    await look('referral accepted');
  });
  await page.goto(referral);
  await says('Accepted since', 'the referrer sees that it is accepted');
  await look('accepted, for the referrer');
  await elsewhere(page, jean, async () => {
    await page.goto(referral);
    await go(page, 'button', 'They have begun');
    await says('Begun since', 'the provider moves it on');
    await look('referral begun');
  });
  await page.goto(`${base}/referrals`);
  check((await page.locator('tr', { hasText: reference }).textContent()).includes('Begun'), `${tag}: the referrer’s list says that it has begun`);
  await look('referrals with one begun');
  check((await (await fetched(page, 'Save yours as a table')).text()).includes(reference), `${tag}: and so does the table`);
}

async function declined(at, reference) {
  const { page, says, look } = at;
  const [referral, link] = await referred(at, reference);
  await elsewhere(page, [], async () => {
    await page.goto(link);
    await unfold(page, 'Decline');
    await tick(page, 'There is no room');
    await look('declining');
    await go(page, 'button', 'Decline');
    await says('Declined since', 'one declines with a reason');
    await look('referral declined');
  });
  await page.goto(referral);
  await says('There is no room', 'the referrer reads why');
  await says('What may come next', 'and what may come next');
  await look('declined, for the referrer');
}
