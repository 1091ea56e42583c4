// Method, prices and claims: read, tried and searched, with and without JavaScript.
import { excessWidth, expect, inOpposites, test } from "../fixtures/page";

inOpposites();

test("an equation is tried, a mistake is mended where it stands, and the address keeps it all", async ({ page, audit }) => {
  test.slow();
  await page.goto("/method");
  const form = page.getByRole("form", { name: /^Try it ?: Provisioned concurrency$/ });
  await form.getByLabel("Arrivals").fill("1");
  await form.getByLabel("Service time").fill("1 s");
  await form.getByLabel("Provisioned concurrency").fill("one");
  await form.getByRole("button", { name: "Compute" }).click();
  await expect(page).toHaveURL(/#provisioned-try$/);
  await expect(form.getByLabel("Provisioned concurrency")).toHaveValue("one");
  await expect(form.getByLabel("Provisioned concurrency")).toHaveAccessibleDescription(/is not a number: one/);
  await audit();

  await form.getByLabel("Provisioned concurrency").fill("1");
  await form.getByRole("button", { name: "Compute" }).click();
  await expect(form.getByText("50 %")).toBeVisible();

  const waiting = page.getByRole("form", { name: /^Try it ?: Waiting$/ });
  await waiting.getByLabel("Servers (vCPUs)").fill("9");
  await waiting.getByRole("button", { name: "Compute" }).click();
  await expect(form.getByText("50 %"), "what was tried before is still there").toBeVisible();
  await expect(waiting.getByLabel("Servers (vCPUs)")).toHaveValue("9");
});

test("formulas are typeset, and each has its words", async ({ page }) => {
  await page.goto("/method");
  const formulas = page.locator(".formula");
  expect(await formulas.count()).toBeGreaterThan(12);
  for (const formula of await formulas.all()) {
    await expect(formula.locator("math")).toBeVisible();
    expect(((await formula.locator("figcaption").textContent()) ?? "").length).toBeGreaterThan(20);
  }
  const fraction = page.locator("#cold-starts mfrac").first();
  const [above, below] = await Promise.all([0, 1].map((place) => fraction.locator(":scope > *").nth(place).boundingBox()));
  expect(above?.y ?? 0, "what is above the line of a fraction").toBeLessThan(below?.y ?? 0);
});

test("the contents lead to each section, and links from answers do too", async ({ page }) => {
  await page.goto("/method");
  const contents = page.getByRole("navigation", { name: "On this page" }).getByRole("link");
  for (const link of await contents.all()) {
    const target = (await link.getAttribute("href")) ?? "#";
    await expect(page.locator(`[id="${target.slice(1)}"] h2`), target).toHaveText((await link.textContent()) ?? "?");
  }
});

test("a price is searched by words and region, and shows its age", async ({ page, audit }) => {
  await page.goto("/prices");
  await page.getByLabel("Words").fill("arm64 lambda duration");
  await page.getByLabel("Region").selectOption("eu-central-1");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page.getByRole("status")).toHaveText(/prices? in Europe \(Frankfurt\)/);
  await expect(page.locator('[id="aws-lambda/duration/arm64"]')).toContainText(/days? old/);
  await expect(page.getByLabel("Words")).toHaveValue("arm64 lambda duration");
  await audit();

  await page.getByLabel("Words").fill("");
  await page.getByLabel("Region").selectOption("all");
  await page.getByLabel("Stale only").check();
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page.getByRole("status")).toHaveText(/stale prices in every region/);
  await expect(page.locator(".tag.stale").first()).toBeVisible();
});

test("the pages of the price book are linked, and say where one is", async ({ page }) => {
  await page.goto("/prices?region=all");
  const pager = page.getByRole("navigation", { name: "Pages of prices" });
  await pager.getByRole("link", { name: "2", exact: true }).click();
  await expect(page).toHaveURL(/page=2/);
  await expect(pager.locator("[aria-current=page]")).toHaveText("2");
});

test("a claim is computed again with one's own numbers", async ({ page, audit }) => {
  await page.goto("/claims");
  const claim = page.locator("#functions");
  await expect(claim.locator(".finding")).toHaveText(/Holds only if one invocation runs [\d.]+ s\./);
  await claim.getByLabel("Claimed cost").fill("80");
  await claim.getByRole("button", { name: "Compute again" }).click();
  await expect(claim.getByRole("heading", { level: 2 })).toHaveText(/cost about \$80 a month/);
  await expect(claim.locator(".finding")).toHaveText(/runs \d{3} ms\./);

  await claim.getByLabel("Requests", { exact: true }).fill("lots");
  await claim.getByRole("button", { name: "Compute again" }).click();
  await expect(claim.getByLabel("Requests", { exact: true })).toHaveAccessibleDescription(/is not a number: lots/);
  await expect(claim.getByLabel("Claimed cost"), "nothing typed is lost").toHaveValue("80");
  await audit();
});

test("each verdict at the top leads to its claim and its price to the book", async ({ page }) => {
  await page.goto("/claims");
  const verdicts = page.getByRole("table", { name: "What becomes of them" });
  await expect(verdicts.getByRole("row")).toHaveCount(9);
  for (const cell of await verdicts.locator("td").all()) {
    await expect(cell).toHaveText(/^(holds|holds only if|does not hold)$/);
  }
  await page.locator('#functions dd a[href^="/prices"]').first().click();
  await expect(page.locator('[id="aws-lambda/duration/x86-64"]')).toBeVisible();
});

test("nothing scrolls sideways at 320 px", async ({ page, javaScriptEnabled }) => {
  test.skip(!javaScriptEnabled, "nothing could tell");
  await page.setViewportSize({ width: 320, height: 800 });
  for (const path of ["/method?cold-starts.service_time_s=lots", "/prices?region=all", "/claims?requests=lots"]) {
    await page.goto(path);
    expect(await excessWidth(page), path).toBe(0);
  }
});
