// A steward's way, in a real browser and by keyboard: a visitor reports a problem, the steward
// finds it first in the queue, ends it, takes that back, and ends it again; joins two listings that
// are one, and sets them apart; looks at pages that fail, decides where a feed says otherwise; then
// looks at how the listings stand, opens a figure, and confirms a listing after a call.
// usage: node steward.mjs BASE     exit 1 on any failure
import { base, check, end, everyWay, press, sees, signIn } from './browser.mjs';

await everyWay(async ({ page, tag, look }) => {
  const says = sees(page, tag);
  await page.goto(`${base}/search?q=walking&near=WN1+1YF`);
  await page.locator('.ha-card h3 a').first().focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/services\//);
  await press(page, 'link', 'Report a problem with this listing');
  await page.getByRole('button', { name: 'Send' }).waitFor();
  await look('report');
  await press(page, 'button', 'Send');
  await says('Choose what is wrong', 'a report needs a reason');
  await look('report with a mistake');
  const words = `Looked at ${tag}.`;
  await page.getByLabel('Somebody may not be safe').focus();
  await page.keyboard.press('Space');
  await page.getByLabel('Anything that helps').fill(words);
  await press(page, 'button', 'Send');
  await says('If somebody is in danger now', 'who reports harm is told whom to ring now');
  await look('reported');

  await page.goto(`${base}/search?q=walking&near=WN1+1YF`);
  await page.locator('.ha-card h3 a').first().focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/services\//);
  await press(page, 'link', 'say that it is');
  await page.getByRole('button', { name: 'Send me a link' }).waitFor();
  await look('claiming');
  await press(page, 'button', 'Send me a link');
  await says('Enter your e-mail address', 'a claim needs an address');
  await look('claiming with a mistake');

  await signIn(page, 'Ruth, steward', '/steward');
  await says('the most harmful first', 'the queue says how it is ordered');
  await look('queue');
  const first = page.locator('main ol > li').first();
  check((await first.textContent()).includes('Safety'), `${tag}: what is unsafe stands first`);
  await page.locator('main li', { hasText: 'Said today' }).getByRole('link').last().focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/steward\/reports\//);
  await look('item');
  await press(page, 'button', 'Hide the listing');
  await says('Say why the listing is hidden', 'hiding takes a reason');
  await look('item with a mistake');
  await press(page, 'button', 'Nothing wrong');
  await says('That is off the queue', 'an item is ended');
  await look('ended');
  await press(page, 'button', 'Undo');
  await page.waitForURL(/\/steward\/reports\//);
  await press(page, 'button', 'Put right');
  await says('That is off the queue', 'what was taken back can be ended again');

  await press(page, 'link', 'Somebody says that it is theirs');
  await page.getByRole('button', { name: 'Let them in' }).waitFor();
  await look('a claim');
  await press(page, 'button', 'Refuse');
  await says('Say why: they are told so', 'to refuse a claim takes a reason');
  await press(page, 'link', 'The queue');

  await press(page, 'link', 'Listed twice');
  await page.waitForURL(/\/steward\/duplicates$/);
  await look('listed twice');
  await press(page, 'link', 'Easy');
  await page.getByRole('button', { name: 'They are one' }).waitFor();
  await look('two side by side');
  await press(page, 'button', 'They are one');
  await says('Both addresses lead to the listing that stays', 'two listings are joined');
  await look('joined');
  await press(page, 'button', 'Set apart');
  await says('Each is shown by itself again', 'joining is taken back');

  await press(page, 'link', 'Pages that fail');
  await says('1 listing names a page that does not answer', 'a page that fails is shown');
  await look('pages that fail');
  await press(page, 'link', 'Feeds');
  await page.waitForURL(/\/steward\/imports$/);
  await look('feeds');
  await press(page, 'button', 'Leave it as it stands');
  await says('It stays, until the feed says something else', 'a conflict with a feed is decided');

  await press(page, 'link', 'How the listings stand');
  await page.waitForURL(/\/steward\/health$/);
  await look('how the listings stand');
  const figure = page.locator('.ha-figures tbody tr').nth(1).locator('a').first();
  const count = Number((await figure.textContent()).split(' ').pop());
  await figure.focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/steward\/health\/listings/);
  check(await page.locator('main ol > li').count() === Math.min(count, 25), `${tag}: a figure opens its list`);
  await look('behind a figure');

  await page.goto(`${base}/steward/calls`);
  await look('whom to ring');
  await press(page, 'button', 'Confirm the ticked ones');
  await says('Tick the listings that you rang about', 'a phone round needs a tick');
  await look('whom to ring with a mistake');
  await page.getByRole('checkbox').first().focus();
  await page.keyboard.press('Space');
  await press(page, 'button', 'Confirm the ticked ones');
  await says('1 listing is confirmed', 'a phone round confirms what was ticked');
  await look('rung');
  await press(page, 'link', 'Print this page of the list');
  await page.waitForURL(/\/steward\/calls\/print/);
  await look('whom to ring, on paper');
});
end();
