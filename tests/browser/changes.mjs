// What waits for a steward, in a real browser and by keyboard: a provider changes a name, a
// session and words, keeps something for later, adds a listing; a steward sees what would change,
// approves it, takes that back, and refuses the new listing with a reason.
// usage: node changes.mjs BASE     exit 1 on any failure
import { base, check, end, everyWay, press, sees, signIn } from './browser.mjs';

await everyWay(async ({ page, tag, look, nth }) => {
  const says = sees(page, tag);
  await signIn(page, 'Jean, provider', '/manage');
  await page.getByRole('link', { name: /garden gang|Gardeners/ }).first().focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/manage\/services\//);
  const listing = page.url().split('?')[0];
  await look('a listing with its sections');

  await press(page, 'link', 'Name and what it helps with');
  const name = page.getByLabel('Name', { exact: true });
  await name.fill('');
  await look('name');
  await press(page, 'button', 'Save');
  await says('Enter the name that people know it by', 'a listing has a name');
  await look('name with a mistake');
  await name.fill(`Gardeners ${nth}`);
  await press(page, 'button', 'Save');
  await says('on its way to a steward', 'a name waits for a steward');
  await says('Take it back', 'what waits can be taken back');
  await look('waiting');

  await press(page, 'link', 'When it is');
  await page.waitForURL(/\/edit\/when$/);
  const row = await page.getByLabel('Begins').count() - 1;
  const begins = page.getByLabel('Begins').nth(row);
  await page.getByLabel('Monday').nth(row).focus();
  await page.keyboard.press('Space');
  await begins.fill('2');
  await press(page, 'button', 'Save');
  await says('Enter a time such as 10am', 'a time that may be of the night is asked for again');
  await look('sessions with a mistake');
  await begins.fill('2pm');
  await press(page, 'button', 'Save');
  await says('What you changed is saved and live', 'a session is live at once');
  await press(page, 'button', 'Undo');
  await says('It is as it was before', 'and can be taken back');

  await press(page, 'link', 'How to start, cost and the first time');
  await look('how to start');
  await page.getByLabel('What happens the first time').fill('Half a thought');
  await press(page, 'button', 'Keep for later');
  await says('Nothing of it is live', 'something is kept for later');
  await look('kept for later');
  await press(page, 'link', 'See it as everybody would');
  await says('Half a thought', 'the preview shows what is not live');
  await look('preview');
  await page.goto(listing);
  await press(page, 'button', 'Throw it away');
  await says('The listing stays as it is', 'and is thrown away');
  for (const section of ['who', 'venues', 'access', 'contacts']) {
    await page.goto(`${listing}/edit/${section}`);
    await look(`the form ${section}`);
  }
  await page.goto(`${listing}/withdraw`);
  await look('taking down');

  await page.goto(`${base}/add`);
  await look('adding');
  const title = `Tea on the ${nth}th`;
  await page.getByLabel('1. What is it called?').fill(title);
  await page.getByLabel('2. What is it, in one line?').fill('Tea and a chat for whoever is on their own.');
  await press(page, 'button', 'Save and go on');
  await says('Choose at least one thing that it helps with', 'a listing helps with something');
  check(await page.getByLabel('1. What is it called?').inputValue() === title, `${tag}: what was typed is kept`);
  await look('adding with a mistake');
  await page.locator('summary').filter({ hasText: 'Company' }).first().focus();
  await page.keyboard.press('Enter');
  await page.locator('input[name=needs]').first().focus();
  await page.keyboard.press('Space');
  await page.getByLabel('In person').focus();
  await page.keyboard.press('Space');
  await page.getByLabel('Name of the venue').fill('The Old Yard');
  await page.getByLabel('Postcode of the venue').fill('WN7 1NJ');
  await page.getByLabel('8. Which phone number').fill('01632 960114');
  await press(page, 'button', 'Save and go on');
  await says('Nobody sees this listing yet', 'a listing is begun');
  await look('begun');
  await press(page, 'button', 'Send it, to be shown');
  await says('on its way to a steward', 'a new listing waits for a steward');
  await page.goto(`${base}/account`);
  await press(page, 'button', 'Sign out');
  await page.waitForURL(`${base}/`);

  await signIn(page, 'Ruth, steward', '/steward');
  await press(page, 'link', /Change: name: .*(garden gang|Gardeners)/);
  await page.getByRole('button', { name: 'Approve' }).first().waitFor();
  const put = (await page.locator('ins').allTextContents()).join(' ');
  check(put.includes(String(nth)), `${tag}: a steward sees what would stand there`);
  await look('changes');
  await press(page, 'button', 'Refuse');
  await says('Say what is not approved, and why', 'a refusal takes a reason');
  await look('changes with a mistake');
  await press(page, 'button', 'Approve');
  await says('That is off the queue', 'changes are approved');
  await page.goto(listing.replace('/manage', ''));
  await says(`Gardeners ${nth}`, 'what was approved is live');
  await page.goto(`${base}/steward`);
  await press(page, 'link', `A new listing: ${title}`);
  await page.getByLabel('To whoever sent it').fill('It is listed already under another name.');
  await look('a new listing');
  await press(page, 'button', 'Refuse');
  await says('That is off the queue', 'a new listing is refused');
  await press(page, 'button', 'Undo');
  await page.getByRole('button', { name: 'Approve' }).first().waitFor();
  await press(page, 'button', 'Approve');
  await says('That is off the queue', 'what was taken back can be decided again');
  await page.goto(`${base}/account`);
  await press(page, 'button', 'Sign out');
  await page.waitForURL(`${base}/`);
});
end();
