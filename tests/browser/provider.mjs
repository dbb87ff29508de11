// A provider's way, in a real browser: from the mail in two presses, then signed in by keyboard
// alone: the door, the words with a mistake, undo, history, out.
// usage: node provider.mjs BASE     exit 1 on any failure
import { base, check, end, everyWay, newestMail, press, sees } from './browser.mjs';

// The demonstration mails each of these about a listing of theirs; each journey uses one up.
const PEOPLE = ['Jean', 'Sandra', 'Tom', 'Farida'];

await everyWay(async ({ page, tag, look, nth }) => {
  const person = PEOPLE[nth % PEOPLE.length];
  const says = sees(page, tag);

  await newestMail(page, person.toLowerCase(), 'still right');
  await look('the mail');
  // One press in the mail, one on the page.
  await press(page, 'link', '/confirm/');
  await page.getByRole('button', { name: 'All still right' }).waitFor();
  await look('from the mail');
  const link = page.url();
  await press(page, 'button', 'All still right');
  await says('Confirmed today. That is all', 'two presses confirm a listing');
  await look('confirmed');
  await page.goto(link);
  await says('This link no longer works', 'a link is good once');
  await look('link over');

  await page.goto(`${base}/sign-in?next=/manage`);
  await look('sign in');
  await press(page, 'button', `${person}, provider`);
  await page.waitForURL(/\/sign-in\/sent$/);
  await newestMail(page, person.toLowerCase(), 'Sign in to');
  await press(page, 'link', '/sign-in/');
  await look('sign-in link');
  await press(page, 'button', 'Sign in');
  await page.waitForURL(/\/manage$/);
  await look('your listings');
  await page.locator('main h2 a').first().focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/manage\/services\//);

  await page.getByLabel('Waiting list', { exact: true }).focus();
  await page.keyboard.press('Space');
  await page.getByLabel('About how many weeks is the wait?').fill('soon');
  await look('a door being stated');
  await press(page, 'button', 'Save the door');
  await says('Enter the wait as a number of weeks', 'a mistake is said, with what to do');
  check(await page.getByLabel('About how many weeks is the wait?').inputValue() === 'soon', `${tag}: what was typed is kept`);
  await look('door with a mistake');
  await page.getByLabel('About how many weeks is the wait?').fill('4');
  await press(page, 'button', 'Save the door');
  await says('The door is saved', 'the door is saved');
  await says('Waiting list, about 4 weeks', 'the door shows at once');

  await press(page, 'link', 'Words, phone, e-mail and website');
  await page.getByLabel('Website').waitFor();
  await look('words');
  const summary = await page.getByLabel('In one line').inputValue();
  await page.getByLabel('In one line').fill('Changed in a hurry.');
  await page.getByLabel('Website').fill('ask at the desk');
  await press(page, 'button', 'Save');
  await says('Enter a web address such as', 'what cannot be saved is said');
  check((await page.title()).startsWith('Error: '), `${tag}: the title says that there is an error`);
  await look('words with a mistake');
  await page.getByLabel('Website').fill('https://somewhere.example');
  await press(page, 'button', 'Save');
  await says('What you changed is saved and live', 'words are live at once');
  await look('words saved');
  await press(page, 'button', 'Undo');
  await says('It is as it was before', 'they can be taken back');
  await says(summary, 'and are as they were');

  await press(page, 'link', 'See it as everybody does');
  await press(page, 'link', 'What was changed, and when');
  await says('What was changed', 'everybody can see what was changed');
  await look('history');

  await newestMail(page, person.toLowerCase(), 'still right');
  await press(page, 'link', '/reminders/');
  await look('mails that ask');
  await press(page, 'button', 'Do not ask me by mail');
  await says('You are not asked by mail', 'one press stops the mails that ask');
  await press(page, 'button', 'Ask me by mail again');
  await says('You are asked by mail', 'and another lets them come');

  await page.goto(`${base}/account`);
  await look('account');
  await press(page, 'button', 'Sign out');
  await page.waitForURL(`${base}/`);
  await page.goto(`${base}/manage`);
  check(page.url().includes('/sign-in'), `${tag}: once signed out, the listings are closed`);
});
end();
