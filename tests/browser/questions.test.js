// What happens on the pages that ask: what is wrong is said, what was typed is kept, and every way back works.
import assert from "node:assert/strict";
import { after, before, beforeEach, afterEach, test } from "node:test";
import { accessible, formUp, open, start } from "./browser.js";
import { answerPage, journey, press, tabTo, type } from "./person.js";
import { packsFolder, remove, serve } from "./server.js";

const packs = packsFolder();
let browser;
let server;
let opened;

before(async () => {
  server = await serve(packs);
  browser = await start();
});
after(async () => {
  await browser?.close();
  await server?.stop();
  remove(packs);
});
beforeEach(async () => {
  opened = await open(browser, `${server.address}form/every-kind`);
  await formUp(opened.page);
});
afterEach(async () => {
  assert.deepEqual(opened.faults, []);
  await opened.context.close();
});

const facts = {
  agreed: true,
  room: "chamber",
  matters: ["roads"],
  members: 12,
  cost: 400,
  meeting_date: "2026-03-27",
  opened_at: "19:30:00",
  chair: "Cllr Jones",
  report: "Roads",
  deputy: null,
  quorum: 4,
  contract: { value: 5, start: "2026-04-01" },
  votes: [{ motion: "Mend the road", carried: true }],
  references: [],
  fairness: { value: true, by: "The clerk", on: "2026-03-28", reason: "Everybody was heard" },
};
const given = { as_of: "2026-11-22", facts };

/** Answers page after page until the one with a control of this name is reached. */
async function reach(page, name) {
  for (let step = 0; step < 60 && !(await page.$(`[name="${name}"]`)); step += 1) await answerPage(page, given);
}

/** What the summary of errors says, after holding the page to the rules for errors. */
async function errors(page) {
  const summary = await page.waitForSelector(".govuk-error-summary");
  assert.ok(await summary.evaluate((one) => one === document.activeElement), "the summary has the focus");
  assert.ok((await page.title()).startsWith("Error: "), "the title says that there is an error");
  await accessible(page, `the errors of “${await page.textContent("h1")}”`);
  const said = await page.$$eval(".govuk-error-summary li", (lines) => lines.map((line) => line.textContent));
  const beside = await page.$$eval(".govuk-error-message", (lines) =>
    lines.map((line) => line.textContent.replace(/^Error: /, "")),
  );
  assert.deepEqual(beside, said, "the same words stand beside the fields");
  return said;
}

const send = (page) => press(page, "Continue");

/** Goes to the result, where the last answer has not led there already. */
async function resultSoFar(page) {
  if (await page.$("rules-form form")) await press(page, "See the result so far");
}

/** The answers as the result lists them. */
const listed = (page) => page.$$eval("rules-form dl", (lists) => lists.at(-1).textContent);

const WRONG = [
  ["members", {}, "Enter the number of members"],
  ["members", { members: "twelve" }, "Number of members must be a whole number, like 15"],
  ["members", { members: "12.5" }, "Number of members must be a whole number, like 15"],
  ["members", { members: "0" }, "Number of members must be 1 people or more"],
  ["members", { members: "1,000" }, "Number of members must be 60 people or less"],
  ["cost", { cost: "lots" }, "Cost must be a number, like 12.50 or 1,200"],
  ["cost", { cost: "12,50" }, "Cost must be a number, like 12.50 or 1,200"],
  ["cost", { cost: "-1" }, "Cost must be £0 or more"],
  ["meeting_date.day", {}, "Enter the date of the meeting"],
  ["meeting_date.day", { "meeting_date.day": "27" }, "Date of the meeting must include a month and a year"],
  [
    "meeting_date.day",
    { "meeting_date.day": "29", "meeting_date.month": "2", "meeting_date.year": "2026" },
    "Date of the meeting must be a real date",
  ],
  [
    "meeting_date.day",
    { "meeting_date.day": "1", "meeting_date.month": "13", "meeting_date.year": "2026" },
    "Date of the meeting must be a real date",
  ],
  [
    "meeting_date.day",
    { "meeting_date.day": "1", "meeting_date.month": "3", "meeting_date.year": "26" },
    "Date of the meeting must have a year of 4 digits, like 2026",
  ],
  ["opened_at", { opened_at: "25:00" }, "Opening time must be a time of the day, like 14:30"],
  ["chair", { chair: "A" }, "Chair must be 2 characters or more"],
  ["chair", { chair: "A".repeat(41) }, "Chair must be 40 characters or less"],
  ["agreed", {}, "Select an answer for “agreed”"],
  ["matters", {}, "Select an answer for “matters raised”"],
  ["votes", {}, "Select whether you have an entry to add for “votes”"],
];

for (const [name, typed, message] of WRONG) {
  test(`${name.split(".")[0]} ${JSON.stringify(typed)}: ${message}`, async () => {
    const { page } = opened;
    await reach(page, name);
    for (const [id, text] of Object.entries(typed)) await type(page, id, text);
    await send(page);
    assert.deepEqual(await errors(page), [message]);
    for (const [id, text] of Object.entries(typed))
      assert.equal(await page.inputValue(`[id="${id}"]`), text, "what was typed is kept");
    await page.click(".govuk-error-summary a");
    const wrong = await page.evaluate(() => document.activeElement.className + document.activeElement.type);
    assert.match(wrong, /--error|radio|checkbox/, "the line of the summary leads to the field");
    await answerPage(page, given);
    assert.equal(await page.$(".govuk-error-summary"), null);
    assert.ok(!(await page.title()).startsWith("Error"), "the title is itself again");
  });
}

test("what a list may hold is asked for in the words that stand with its items", async () => {
  const { page } = opened;
  await reach(page, "matters");
  const labels = await page.$$eval('[name="matters"] + label', (all) => all.map((one) => one.textContent.trim()));
  assert.deepEqual(labels.slice(0, 3), ["Roads and pavements", "Schools", "Parks"]);
});

const UNDERSTOOD = [
  ["members", "members", " 12 people ", "12 people"],
  ["cost", "cost", "£1,234.5", "£1,234.50"],
  ["cost", "cost", " 1 234 567.00 ", "£1,234,567"],
  ["cost", "cost", ".5", "£0.50"],
  ["cost", "cost", "0099999999999999.99", "£99,999,999,999,999.99"],
  ["opened_at", "opened_at", "9.05", "09:05"],
  ["meeting_date.day", "meeting_date.month", "March", "27 March 2026"],
  ["meeting_date.day", "meeting_date.month", "sept", "27 September 2026"],
];

for (const [name, id, text, shown] of UNDERSTOOD) {
  test(`${id} “${text}” is understood as ${shown}`, async () => {
    const { page } = opened;
    await reach(page, name);
    if (name !== id) {
      await type(page, "meeting_date.day", "27");
      await type(page, "meeting_date.year", "2026");
      await page.focus("h1");
    }
    await type(page, id, text);
    await send(page);
    await resultSoFar(page);
    const values = await page.$$eval(".govuk-summary-list__value", (all) => all.map((one) => one.textContent));
    assert.ok(values.includes(shown), `${shown} among ${values.join("; ")}`);
  });
}

test("a value and “I do not know” together are not taken", async () => {
  const { page } = opened;
  await reach(page, "cost");
  await type(page, "cost", "5");
  await page.check('[name="cost.other"][value=not_known]');
  await send(page);
  assert.deepEqual(await errors(page), ["Either answer “cost” or select one of the other answers, not both"]);
});

test("“None of these” and one of these together are not taken", async () => {
  const { page } = opened;
  await reach(page, "matters");
  await page.check("[value='\"roads\"']");
  await page.check("[value=none]");
  await send(page);
  assert.deepEqual(await errors(page), ["Either answer “matters raised” or select one of the other answers, not both"]);
});

test("a judgement wants who, when and why, and remembers who for the next time", async () => {
  const { page } = opened;
  await reach(page, "fairness");
  await page.check("[name=fairness][value=true]");
  await send(page);
  assert.deepEqual(await errors(page), [
    "Enter the name or job title of the person who made the judgement",
    "Enter the date of the judgement",
    "Enter the reason for the judgement",
  ]);
  await page.check("[name=fairness][value=not_known]");
  await answerPage(page, { as_of: given.as_of, facts: { ...facts, fairness: undefined } });
  assert.match(await page.textContent("h1"), /Cannot tell yet$/, "a judgement that nobody makes needs no name");
  await press(page, "In your judgement, was the meeting fair?");
  await answerPage(page, given);
  assert.match(await listed(page), /Yes \(The clerk; 28 March 2026; Everybody was heard\)/);
});

test("entries of a list are added, changed and removed", async () => {
  const { page } = opened;
  await reach(page, "votes");
  const votes = [{ motion: "One", carried: true }, { motion: "Two" }, { motion: "Three", carried: false }];
  for (let step = 0; step < 6; step += 1) await answerPage(page, { ...given, facts: { ...facts, votes } });
  assert.equal(await page.textContent("h1"), "You have added 3 entries");
  await accessible(page, "a list of three");
  assert.match(await page.textContent(".govuk-summary-list"), /Motion: TwoCarried: Not known/);
  await press(page, "Remove Votes: entry 2");
  assert.equal(await page.textContent("h1"), "You have added 2 entries");
  await press(page, "Change Votes: entry 2");
  assert.equal(await page.inputValue("[id=votes-1-motion]"), "Three", "the entry is as it was entered");
  await page.check("[name=votes-1-carried][value=true]");
  await send(page);
  await send(page);
  assert.deepEqual(await page.$$eval(".govuk-error-summary li", (lines) => lines.map((line) => line.textContent)), [
    "Select yes if you need to add another",
  ]);
});

test("“Back”, the link and the browser's own, keeps the answers, and so does “Change”", async () => {
  const { page } = opened;
  await reach(page, "cost");
  await type(page, "cost", "321");
  await send(page);
  await press(page, "Back");
  await page.waitForSelector("#cost");
  assert.equal(await page.inputValue("#cost"), "321");
  await page.goBack();
  await page.waitForSelector("#members");
  assert.equal(await page.inputValue("#members"), "12");
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "H1");
  await page.goForward();
  await page.waitForSelector("#cost");
  await resultSoFar(page);
  await press(page, "Change Cost");
  await type(page, "cost", "600");
  await send(page);
  await resultSoFar(page);
  assert.match(await listed(page), /£600/);
  assert.equal(new URL(page.url()).search + new URL(page.url()).hash, "");
});

test("starting again forgets everything", async () => {
  const { page } = opened;
  await journey(page, { reference: "R-1", ...given }, { check: false });
  await press(page, "Start again");
  assert.equal(await page.inputValue("#reference"), "");
  await answerPage(page, given);
  assert.equal(await page.$("input:checked"), null);
});

test("the date of the decision is today's at first, and another date is another decision", async () => {
  const { page } = opened;
  const today = await page.evaluate(() => new Date().getDate());
  assert.equal(Number(await page.inputValue("[id='asOf.day']")), today);
  await journey(page, { as_of: "2010-01-01", facts }, { check: false });
  assert.match(await listed(page), /Date of the decision1 January 2010/);
});

test("readings that disagree are listed with what each leads to", async () => {
  const { page } = opened;
  await journey(page, { as_of: given.as_of, facts: { ...facts, cost: 500 } });
  assert.match(await page.textContent("h1"), /Cannot tell yet$/);
  const rows = await page.$$eval("table tbody tr", (all) => all.map((row) => row.textContent));
  assert.ok(rows.includes("Is a cost of exactly £500 low? Only less than £500 is lowNo"), rows.join(" | "));
  assert.ok(rows.includes("Is a cost of exactly £500 low? £500 and less is lowYes"), rows.join(" | "));
});

test("the skip link leads to the page's main part", async () => {
  const { page } = opened;
  await page.keyboard.press("Tab");
  await tabTo(page, (now) => now.text === "Skip to main content", "the skip link");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main-content");
  assert.equal(new URL(page.url()).hash, "");
});

test("a pack without the page's language is read out in its own", async () => {
  await opened.page.goto(`${server.address}form/every-kind?lang=cy`);
  await formUp(opened.page);
  assert.equal(await opened.page.getAttribute("html", "lang"), "en", "no title in Welsh: the page is in English");
});
