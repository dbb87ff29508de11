// What leaves the room with somebody, in a real browser and by keyboard: without an account, two
// services from the results to paper inside three minutes, in every form in which they are taken
// along, and by a link by which anybody can end it; then referrals by reference: one that the clock
// ran over, one that is answered from the mail in one press, and one that is declined with a reason;
// besides, a search that says more of whom it is for, and how it went, which the provider learns.
// usage: node handover.mjs BASE     exit 1 on any failure
import { base, check, countMails, end, everyWay, newestMail, press, sees, signIn } from './browser.mjs';

const WAITS = 'A referral is waiting for an answer';
const NOTE = 'Ask for the Tuesday group';
/** What the whole run took so far: presses, and milliseconds of looking, which nobody else does. */
const spent = { presses: 0, looking: 0 };

await everyWay(async way => {
  const look = async name => {
    const before = Date.now();
    await way.look(name);
    spent.looking += Date.now() - before;
  };
  const at = { ...way, look, says: sees(way.page, way.tag) };
  await forSomebody(at);
  await fromWordsToPaper(at);
  await takenAlong(at);
  await shared(at);
  await signIn(at.page, 'Kwame, link worker', '/referrals');
  await afterTheClock(at);
  await accepted(at, `JT-${at.nth}1`);
  await declined(at, `JT-${at.nth}2`);
  await howItWent(at);
});
end();

/** Presses what leads to another page, and waits until that is there. */
async function go(page, role, name) {
  spent.presses += 1;
  await Promise.all([page.waitForEvent('load'), press(page, role, name)]);
}

/** Goes to an address, or presses what leads to a page; claims what that says, and looks at it. */
async function onto({ page, look, says }, where, text, claim, picture) {
  await (typeof where === 'string' ? page.goto(where) : go(page, ...where));
  await says(text, claim);
  if (picture) await look(picture);
}

/** Ticks or chooses as somebody without a mouse does. */
async function tick(page, label, how) {
  const box = page.getByLabel(label, how);
  await box.focus();
  if (!await box.isChecked()) await page.keyboard.press('Space');
}

/** Opens what is folded away behind some words. */
async function unfold(page, words) {
  await page.locator('summary', { hasText: words }).focus();
  await page.keyboard.press('Enter');
}

/** Where a link leads. */
async function target(page, name) {
  return new URL(await page.getByRole('link', { name }).first().getAttribute('href'), base).href;
}

/** What a link leads to, without going there. */
async function fetched(page, name) {
  return page.context().request.get(await target(page, name));
}

/** Does something in a browser that holds these cookies and none of ours; answers with its cookies. */
async function elsewhere(page, cookies, work) {
  const context = page.context();
  const hold = held => context.clearCookies().then(() => context.addCookies(held));
  const ours = await context.cookies();
  await hold(cookies);
  await work();
  const left = await context.cookies();
  await hold(ours);
  return left;
}

async function forSomebody(at) {
  const { page, tag, look, says } = at;
  await page.goto(base);
  await onto(at, ['link', 'Say more about whom it is for'], 'Say what matters, and leave the rest empty', 'there is one form for everything', 'search for somebody');
  await page.getByLabel('What would help?').fill('lonely');
  await page.getByLabel('What should be left out?').fill('singing');
  await page.getByLabel('Postcode or place').fill('WN7');
  await page.getByLabel('How do they travel?').selectOption({ label: 'By car: within 10 miles' });
  await page.getByLabel('Age in years').fill('72');
  await unfold(page, 'Family, caring and service');
  await tick(page, 'Carers', { exact: true });
  await tick(page, 'Step-free');
  await onto(at, ['button', 'Search'], 'Must have: Step-free', 'it is what is asked', 'results for somebody');
  await says('Left out: what speaks of “singing”', 'and what is left out is said');
  const cards = await page.locator('.ha-card h3').count();
  check(cards > 0, `${tag}: something answers all of it (${cards})`);
  await go(page, 'link', 'Say more about whom it is for');
  check(await page.getByLabel('What should be left out?').inputValue() === 'singing', `${tag}: the form knows what was asked`);
  check(await page.getByLabel('Carers', { exact: true }).isChecked(), `${tag}: and of whom`);
  await look('search for somebody, filled');
}

async function fromWordsToPaper(at) {
  const { page, tag, look } = at;
  await page.goto(base);
  await page.locator('input[name=q]').first().fill('lonely');
  await page.locator('input[name=near]').first().fill('WN1 1YF');
  const [began, before] = [Date.now(), { ...spent }];
  await go(page, 'button', 'Search');
  await added(at);
  if (await page.getByRole('button', { name: 'Menu', exact: true }).isVisible()) {
    spent.presses += 1;
    await press(page, 'button', 'Menu');
  }
  await go(page, 'link', 'Shortlist (2)');
  await look('shortlist');
  await arranged(at);
  await page.getByLabel('Title').fill('For the winter');
  await onto(at, ['button', 'Save the title'], 'For the winter', 'the list has its title', 'shortlist with a title');
  await onto(at, ['link', 'Print it'], NOTE, 'the note stands on the paper');
  const presses = spent.presses - before.presses;
  const seconds = (Date.now() - began - (spent.looking - before.looking)) / 1000;
  check(seconds < 180, `${tag}: from words to paper in ${presses} presses and ${seconds.toFixed(1)} s`);
}

async function added({ page, tag, look }) {
  const names = () => page.locator('.ha-card h3').allTextContents();
  const [url, before] = [page.url(), await names()];
  await go(page, 'button', 'Add to shortlist');
  await go(page, 'button', 'Add to shortlist');
  const isBack = page.url().startsWith(`${url}#`) && `${await names()}` === `${before}`;
  check(isBack, `${tag}: the page comes back at the same results (${page.url()})`);
  check(await page.locator('.ha-card', { hasText: 'On your shortlist' }).count() === 2, `${tag}: both cards say that they are on the list`);
  check(await page.locator('nav a', { hasText: 'Shortlist (2)' }).count() === 1, `${tag}: the menu counts what is on the list`);
  await look('results with two picked');
}

async function arranged(at) {
  const { page, tag } = at;
  const names = () => page.locator('.ha-listed h2').allTextContents();
  const before = await names();
  await go(page, 'button', 'Move down');
  check(`${await names()}` === `${before.toReversed()}`, `${tag}: a service moves down`);
  await go(page, 'button', 'Move up');
  check(`${await names()}` === `${before}`, `${tag}: and up again`);
  const note = page.getByLabel('A note to the person').first();
  await note.fill(NOTE);
  await go(page, 'button', 'Save the note');
  await note.fill('ring 07700 900123');
  await onto(at, ['button', 'Save the note'], 'What you typed was not kept', 'a note with a phone number is refused', 'a refused note');
  check(await note.inputValue() === 'ring 07700 900123', `${tag}: and given back to be mended`);
  await onto(at, ['button', 'Take out'], 'The service was taken off this list', 'a service is taken out', 'taken out');
  check(!(await page.content()).includes('900123'), `${tag}: and the number is nowhere after that`);
  await go(page, 'button', 'Put it back');
  check(`${await names()}` === `${before}` && await note.inputValue() === NOTE, `${tag}: and put back with its note`);
}

async function takenAlong(at) {
  const { page } = at;
  const list = page.url().replace(/\/print$/, '');
  await at.look('print');
  await onto(at, `${list}/print?print=large`, NOTE, 'so it does in large print', 'large print');
  await go(page, 'link', 'Back');
  await files(at);
  await page.goto(list);
  await onto(at, ['link', 'Text message'], 'Text for a clinical record', 'there is text to paste');
  await text(at);
  await go(page, 'link', 'Back to the list');
  await onto(at, ['link', 'Who is on my team'], 'My link worker', 'there is a sheet of who is on the team', 'team');
  await go(page, 'link', 'Back to the list');
  await onto(at, ['link', 'Compare side by side'], 'They differ in', 'services stand side by side', 'compare');
  await page.goto(list);
}

async function files({ page, tag, look }) {
  const papers = [];
  for (const [kind, name] of [['standard', 'Leaflet to save'], ['large', /in large print.*Leaflet/]]) {
    const pdf = await fetched(page, name);
    papers.push(await pdf.body());
    const isPdf = pdf.headers()['content-type'] === 'application/pdf' && papers.at(-1).subarray(0, 4).toString() === '%PDF';
    check(pdf.status() === 200 && isPdf, `${tag}: the ${kind} leaflet is a PDF`);
  }
  check(!papers[0].equals(papers[1]), `${tag}: large print is another leaflet`);
  const dates = await (await fetched(page, 'Dates for a calendar')).text();
  check(dates.startsWith('BEGIN:VCALENDAR'), `${tag}: the dates are a calendar`);
  const file = await (await fetched(page, 'One file to keep')).text();
  check(file.includes(NOTE) && !/(src|href)="http/.test(file), `${tag}: one file needs nothing from elsewhere`);
  await page.setContent(file);
  await look('one file');
}

async function text({ page, tag, look, scripts }) {
  const message = page.getByLabel('Change it as you like');
  const signs = [...await message.inputValue()].length;
  check(signs > 0 && signs <= 459, `${tag}: the text message is short enough (${signs})`);
  await message.focus();
  await page.keyboard.type('Hello. ');
  if (scripts) {
    const left = page.locator('.govuk-character-count__status', { hasText: `${459 - signs - 7} characters` });
    await left.waitFor({ timeout: 5000 }).catch(() => {});
    check(await left.isVisible(), `${tag}: signs are counted as they are typed`);
  }
  await look('text message');
}

async function shared(at) {
  const { page, tag, look } = at;
  const link = await page.getByLabel('Link to this list').inputValue();
  await elsewhere(page, [], async () => {
    await onto(at, link, 'For the winter', 'whoever has the link sees the list', 'shared list');
    check(await page.getByRole('button', { name: 'Move up' }).count() === 0, `${tag}: and it is only to be read`);
    await go(page, 'link', 'Change or delete this list');
    await unfold(page, 'Delete this list');
    await look('shared list to delete');
    await onto(at, ['button', 'Delete this list for good'], 'its link works no more', 'they can delete it', 'list deleted');
  });
  const gone = await page.goto(link);
  check(gone.status() === 410, `${tag}: the list is gone for whoever made it (${gone.status()})`);
  await at.says('There is no such list', 'which is said');
  await look('list gone');
}

async function afterTheClock(at) {
  const { page, tag, says } = at;
  check(await countMails(page, 'sandra', 'A referral still waits for an answer') > 0, `${tag}: what waits is asked for again`);
  await onto(at, `${base}/referrals`, 'That you made', 'whoever refers has a list of it', 'referrals');
  check((await page.locator('tr', { hasText: 'KW-101' }).textContent()).includes('Lapsed'), `${tag}: what waited too long has lapsed`);
  await onto(at, ['link', 'KW-101'], 'Lapsed, as nobody said anything in time', 'its page says so', 'lapsed referral');
  await says('What may come next', 'and what may come next');
}

/** Refers somebody; answers with the referral's page, and the link that the provider is mailed. */
async function referred(at, reference) {
  const { page, tag, look } = at;
  const before = await countMails(page, 'jean', WAITS);
  await page.goto(`${base}/search?q=old+yard+workshop&near=WN7`);
  await onto(at, ['link', 'Old Yard workshop'], 'Run by', 'a listing opens', 'listing');
  await onto(at, ['link', 'Refer by reference'], 'They do not learn here who it is', 'it takes referrals', 'refer');
  await page.getByLabel('Your own reference').fill(reference);
  await tick(page, 'Loneliness');
  await page.getByLabel('Age', { exact: true }).selectOption({ label: '65 to 79' });
  await page.getByLabel('First half of their postcode').fill('WN7');
  await tick(page, 'They come to a session');
  await onto(at, ['button', 'Send the referral'], 'Ask them first', 'a referral needs their consent', 'refer with a mistake');
  check((await page.title()).startsWith('Error: '), `${tag}: the title says that there is an error`);
  check(await page.getByLabel('Your own reference').inputValue() === reference, `${tag}: what was typed is kept`);
  await tick(page, 'They know of this referral');
  await onto(at, ['button', 'Send the referral'], 'The referral was sent', 'a referral is sent', 'referral sent');
  const referral = page.url().split('?')[0];
  await newestMail(page, 'jean', WAITS, before);
  const link = await target(page, '/by/');
  await look('mail about a referral');
  return [referral, link];
}

async function accepted(at, reference) {
  const { page, tag, says } = at;
  const [referral, link] = await referred(at, reference);
  const jean = await elsewhere(page, [], async () => {
    await onto(at, link, reference, 'the mail leads to the reference', 'referral from the mail');
    await says('They come to a session', 'and to what an answer takes');
    await onto(at, ['button', 'Accept'], 'Accepted since', 'one press accepts it', 'referral accepted');
  });
  await onto(at, referral, 'Accepted since', 'whoever referred sees that', 'accepted, for the referrer');
  await elsewhere(page, jean, async () => {
    await page.goto(referral);
    await onto(at, ['button', 'They have begun'], 'Begun since', 'the provider moves it on', 'referral begun');
  });
  await onto(at, `${base}/referrals`, reference, 'the list names it', 'referrals with one begun');
  check((await page.locator('tr', { hasText: reference }).textContent()).includes('Begun'), `${tag}: as begun`);
  check((await (await fetched(page, 'Save yours as a table')).text()).includes(reference), `${tag}: and so does the table`);
}

async function declined(at, reference) {
  const { page, look, says } = at;
  const [referral, link] = await referred(at, reference);
  await elsewhere(page, [], async () => {
    await page.goto(link);
    await unfold(page, 'Decline');
    await tick(page, 'There is no room');
    await look('declining');
    await onto(at, ['button', 'Decline'], 'Declined since', 'the provider declines with a reason', 'referral declined');
  });
  await onto(at, referral, 'There is no room', 'whoever referred reads why', 'declined, for the referrer');
  await says('What may come next', 'and what may come next');
}

async function howItWent(at) {
  const { page, tag, says } = at;
  const jean = await elsewhere(page, [], async () => {
    await signIn(page, 'Jean, provider', '/manage');
  });
  await page.goto(`${base}/search?q=old+yard+workshop&near=WN7`);
  await go(page, 'link', 'Old Yard workshop');
  await onto(at, ['link', 'Say how it went'], 'how did it go?', 'a link worker may say how it went', 'how it went');
  await tick(page, 'It worked');
  await onto(at, ['button', 'Save'], 'What you say is saved', 'it is kept', 'how it went, said');
  await elsewhere(page, jean, async () => {
    await page.goto(`${base}/manage`);
    await onto(at, ['link', 'Old Yard workshop'], 'How it went', 'the provider sees how it went', 'how it went, for the provider');
    await says('It worked: 3', 'each worker counted once');
    check(!(await page.content()).includes('kwame@'), `${tag}: and not who said so`);
  });
}
