// The sheet and the parts that come later, as forms and links: the same with and without JavaScript.
import { expect, inOpposites, test } from "../fixtures/page";
import { options, query } from "../fixtures/workload";

inOpposites();

test("the sheet is a form: its button computes again", async ({ page, javaScriptEnabled }) => {
  await page.goto(`/answer?${query()}`);
  const before = await options(page);
  await page.locator('form[data-live] [name="traffic.requests_per_month"]').fill("400M");
  await page.getByRole("button", { name: "Compute again" }).click();
  await expect.poll(() => new URL(page.url()).searchParams.get("traffic.requests_per_month")).toMatch(/^4(00M|00000000|e8)/);
  await expect.poll(() => options(page)).not.toEqual(before);
  if (!javaScriptEnabled) await expect(page.getByRole("link", { name: "Change an answer" })).toBeVisible();
});

for (const [link, heading] of [
  ["confidence", "How sure this is"],
  ["flips", "What would flip this"],
  ["growth", "As it grows"],
] as const) {
  test(`the part ${link} is a page of its own`, async ({ page, visit }) => {
    await visit(`/answer/${link}?${query()}`);
    await expect(page.getByRole("heading", { name: heading }).first()).toBeVisible();
    await page.getByRole("link", { name: "The answer" }).click();
    await expect(page.getByRole("heading", { name: "The options side by side" })).toBeVisible();
  });
}
