// What is saved: found again, renamed, dated, revised, compared, copied, handed over, deleted. With and without JavaScript.
import type { Page } from "@playwright/test";
import { expect, inOpposites, test } from "../fixtures/page";
import { query, text } from "../fixtures/workload";

inOpposites();
test.use({ expectedStatuses: [410, 403, 412, 422] });

test("a scenario is saved, found, renamed, revised, and deleted", async ({ page, stranger, audit }) => {
  test.slow();
  await page.goto("/scenarios");
  await expect(page.getByText("Nothing was saved from this browser yet")).toBeVisible();
  await audit();
  const saved = await save(page, { name: "Shop" });
  const headline = await text(page.getByRole("heading", { level: 1 }));

  await page.getByRole("link", { name: "rename it" }).click();
  await audit();
  await page.getByRole("textbox", { name: "Name" }).fill("Shop of 2027");
  await page.getByRole("button", { name: "Rename" }).click();
  await expect(page.getByRole("status")).toHaveText("It has its new name.");
  await page.locator("#last-day").fill("2099-12-31");
  await page.getByRole("button", { name: "Set" }).click();
  await expect(page.locator("#last-day")).toHaveValue("2099-12-31");

  // Other answers become its next revision.
  await page.goto(`/answer?${query({ name: "Shop of 2027", "traffic.requests_per_month": "80M" })}`);
  await expect(page.getByLabel("Save as")).toHaveValue(new RegExp(`^${saved.slice(3)} `));
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page).toHaveURL(saved);
  await expect(page.getByText("revision 2, the newest")).toBeVisible();
  const history = page.getByRole("table", { name: "Revisions" });
  await expect(history.getByRole("row")).toHaveCount(3);
  await history.getByRole("link", { name: "1", exact: true }).click();
  expect(await text(page.getByRole("heading", { level: 1 }))).toBe(headline);
  await expect(page.getByRole("link", { name: "Show the newest." })).toBeVisible();

  // Somebody else reads it, changes nothing, and copies it.
  await stranger.goto(`${saved}/manage`);
  await expect(stranger.getByText("This browser did not save it.")).toBeVisible();
  await stranger.goto(`${saved}/revisions/1`);
  await stranger.getByRole("button", { name: "Save a copy of my own" }).click();
  await expect(stranger.getByText("Copied from")).toBeVisible();

  await page.goto("/scenarios");
  await audit();
  await page.getByRole("link", { name: "Manage Shop of 2027" }).click();
  await page.getByLabel("I want all 2 of its revisions to be gone").check();
  await page.getByRole("button", { name: "Delete the scenario" }).click();
  await expect(page.getByRole("status")).toHaveText("The scenario is deleted.");
  await page.goto(`${saved}/revisions/1`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This scenario is no longer here");
  await audit();
});

test("what comes of it today stands beside what was saved", async ({ page }) => {
  await save(page, { name: "Shop" });
  const link = page.getByRole("link", { name: "What comes of it with today's prices and model" });
  if (await link.isVisible()) await link.click();
  await expect(page.getByRole("heading", { name: /^With today.s prices and model$/ })).toBeVisible();
  await expect(page.getByText(/nothing has changed|same/i).first()).toBeVisible();
});

test("of two who revise at once the later one loses nothing", async ({ page, context, audit }) => {
  await save(page, { name: "Shop" });
  const other = await context.newPage();
  const answer = `/answer?${query({ name: "Shop", "traffic.requests_per_month": "3M" })}`;
  await Promise.all([page.goto(answer), other.goto(answer)]);
  await other.getByRole("button", { name: "Save", exact: true }).click();
  await expect(other.getByText("revision 2, the newest")).toBeVisible();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Changed meanwhile");
  await audit();
  await page.getByRole("button", { name: "Save as a scenario of its own" }).click();
  await expect(page.getByText("the only revision")).toBeVisible();
});

test("a list moves to another browser by a link", async ({ page, stranger, javaScriptEnabled }) => {
  await save(page, { name: "Shop" });
  await page.goto("/scenarios");
  await page.getByRole("button", { name: "Make a recovery link" }).click();
  const link = await text(page.locator(".fresh .token"));
  await stranger.goto(link);
  if (javaScriptEnabled) {
    await expect(stranger.locator("#token-field")).toHaveValue(/\w{20}/);
    expect(new URL(stranger.url()).hash, "the token is out of the address").toBe("");
  } else {
    await stranger.locator("#token-field").fill(link.split("#")[1] ?? "");
  }
  await stranger.getByRole("button", { name: "Move them here" }).click();
  await expect(stranger.getByRole("link", { name: "Shop", exact: true })).toBeVisible();
  await page.goto("/scenarios");
  await expect(page.getByText("Nothing was saved from this browser yet")).toBeVisible();
});

test("an owner's token hands one scenario over", async ({ page, stranger, javaScriptEnabled, audit }) => {
  const saved = await save(page, { name: "Shop" });
  await page.goto(`${saved}/manage`);
  await page.getByRole("button", { name: "Issue a new token" }).click();
  await audit();
  const link = await text(page.locator(".fresh .link .token"));
  await stranger.goto(link);
  if (!javaScriptEnabled) await stranger.getByLabel("Owner's token").fill(link.split("#")[1] ?? "");
  await stranger.getByRole("button", { name: "It is mine" }).click();
  await expect(stranger.getByRole("status")).toHaveText("It is on the list of this browser now.");
  await stranger.goto("/scenarios/recover");
  await stranger.locator("#token-field").fill("nonsense");
  await stranger.getByRole("button", { name: "Move them here" }).click();
  await expect(stranger.getByText("is no recovery link of this server")).toBeVisible();
});

/** Saves an answer from the page, and says under which path. */
async function save(page: Page, answers: Record<string, string>): Promise<string> {
  await page.goto(`/answer?${query(answers)}`);
  const choice = page.getByLabel("Save as");
  if (await choice.isVisible()) await choice.selectOption("");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page).toHaveURL(/\/s\/[a-z2-7]{26}$/);
  return new URL(page.url()).pathname;
}
