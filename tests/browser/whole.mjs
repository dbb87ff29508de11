// What a steward of the whole directory decides, in a real browser and by keyboard: words that
// people asked for and hardly found are given a meaning once its effect was seen, are understood by
// a search, and are taken out again; an organisation that stands there twice is joined and set
// apart; a feed is given its place.
// usage: node whole.mjs BASE     exit 1 on any failure
import { base, check, end, everyWay, press, sees, signIn } from './browser.mjs';

await everyWay(async ({ page, tag, look }) => {
  const says = sees(page, tag);
  await signIn(page, 'Amara, steward of everything', '/steward/words');
  await says('Asked for, and hardly found', 'the desk says what lies on it');
  await look('desk of words');
  await press(page, 'link', 'tinkering');
  await page.getByRole('button', { name: 'Show what it would change' }).waitFor();
  await look('what words may mean');
  await page.getByLabel('The need that it stands for').selectOption({ label: 'Repairs and adaptations' });
  await page.getByLabel('It is one kind of it').focus();
  await page.keyboard.press('Space');
  await press(page, 'button', 'Show what it would change');
  await says('Whoever searches for “tinkering”', 'the effect is shown before anything is saved');
  await look('what it would change');
  await press(page, 'button', 'Add it');
  await says('Searches understand “tinkering” from now on', 'the words are added');
  await look('words added');
  await page.goto(`${base}/search?q=tinkering`);
  check((await page.locator('.ha-card').count()) > 0, `${tag}: the words find something now`);
  await page.goBack();
  await press(page, 'button', 'Take it out again');
  await says('is a plain word again', 'what was added is taken out');
  await look('words taken out');

  await page.goto(`${base}/steward/duplicates`);
  await press(page, 'link', 'Carers Link Wigan and Leigh');
  await page.getByRole('heading', { name: 'Are these the same organisation?' }).waitFor();
  await look('two organisations');
  await press(page, 'button', 'Makerfield');
  await says('Both addresses lead to the organisation that stays', 'organisations are joined');
  await look('organisations joined');
  await press(page, 'button', 'Undo');
  await says('Each stands by itself again', 'and set apart again');
  await look('organisations apart');

  await page.goto(`${base}/steward/imports`);
  await press(page, 'button', 'Give it the next place');
  await says('It counts from the next import on', 'a feed is given a place');
  await look('feeds in order');
  await press(page, 'button', 'Take its place away');
  await says('It counts from the next import on', 'and loses it again');
});

await end();
