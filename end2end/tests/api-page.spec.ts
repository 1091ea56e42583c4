// The page about the API: read, tried and mended, with and without JavaScript.
import { expect, inOpposites, test } from "../fixtures/page";

inOpposites();

test("an equation is asked by a form, and what comes back stands beneath it", async ({ page, audit }) => {
  test.slow();
  await page.goto("/api");
  const form = page.getByRole("form", { name: /How often a request starts cold/ });
  await form.getByLabel("Body, JSON").fill('{"arrival_rate_per_s": 0.5, "service_time_s": 0.2, "keep_alive_s": 421}');
  await form.getByRole("button", { name: "Send" }).click();
  await expect(page).toHaveURL(/\/api\/try#coldStart-try$/);
  await expect(page.locator("#coldStart").getByRole("status")).toHaveText("200 OK");
  await expect(page.getByRole("group", { name: /^Answer: How often/ })).toContainText('"cold_start_probability"');
  await expect(form.getByLabel("Body, JSON"), "what was typed").toHaveValue(/421/);
  await audit();
});

test("a refusal names the bad field, and what was typed stays text", async ({ page }) => {
  await page.goto("/api");
  const form = page.getByRole("form", { name: /: Evaluate a system$/ });
  await form.getByLabel("Body, JSON").fill('{"version": 1, "components": [], "<img src=x onerror=alert(1)>": 1}');
  await form.getByLabel(/^parts/).fill("bill");
  await form.getByRole("button", { name: "Send" }).click();
  await expect(page.locator("#evaluate").getByRole("status")).toHaveText("422 Unprocessable Entity");
  await expect(page.getByRole("group", { name: /^Answer: Evaluate/ })).toContainText("unknown field");
  await expect(form.getByLabel(/^parts/)).toHaveValue("bill");
});

test("a system is evaluated as the example stands, and can be saved", async ({ page }) => {
  test.slow();
  for (const [call, status] of [["Evaluate a system", "200 OK"], ["Save a system and its result", "201 Created"]] as const) {
    await page.goto("/api");
    const form = page.getByRole("form", { name: new RegExp(`: ${call}$`) });
    await form.getByRole("button", { name: "Send" }).click();
    await expect(page.getByRole("region", { name: call }).getByRole("status")).toHaveText(status);
  }
});

test("the contents lead to each call, and a record that a call names is opened by its link", async ({ page }) => {
  await page.goto("/api");
  const contents = page.getByRole("navigation", { name: "On this page" }).getByRole("link");
  expect(await contents.count()).toBeGreaterThan(12);
  for (const link of await contents.all()) {
    const target = (await link.getAttribute("href")) ?? "#";
    await expect(page.locator(`[id="${target.slice(1)}"]`).getByRole("heading").first(), target).toHaveText((await link.textContent()) ?? "?");
  }
  const links = await page.locator('a[href^="#record-"], a[href^="#problem-"]').evaluateAll((all) => [...new Set(all.map((link) => link.getAttribute("href") ?? ""))]);
  expect(links.length).toBeGreaterThan(30);
  await page.locator('a[href="#record-Evaluation"]').first().click();
  await expect(page.getByRole("table", { name: "Evaluation: Fields" })).toBeVisible();
  for (const link of links) await expect(page.locator(`[id="${link.slice(1)}"]`), link).toHaveCount(1);
});
