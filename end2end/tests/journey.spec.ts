// The first journey, with and without JavaScript, on a wide and on a small screen: from the home page to a link that
// shows somebody else the same numbers.
import type { Page } from "@playwright/test";
import { expect, inOpposites, test } from "../fixtures/page";
import { billAmounts, numbers, options, query, text } from "../fixtures/workload";

test("an own workload becomes a saved link that shows a stranger the same numbers", async ({ page, stranger, audit }) => {
  // Three pages are read number by number.
  test.slow();
  await page.goto("/");
  await page.getByRole("link", { name: "Start from nothing" }).click();

  await page.getByLabel("Answers HTTP requests").check();
  await page.getByLabel("Where does it run?").selectOption("eu-west-1");
  await next(page, "How long does one piece of work take?");
  await page.getByLabel("How long does one piece of work take, on average?").fill("200");
  await page.getByLabel("How long do the slowest 1 % take?").fill("0.8s");
  await next(page, "How much of that time is it computing, not waiting?");
  await page.getByLabel("a typical web request").check();
  await next(page, "How much traffic does it get?");
  await page.getByLabel("How much traffic does it get?").fill("2M");
  await next(page, "What does a day look like, and how big is its peak?");
  await page.getByLabel("A daily wave").check();
  await page.getByLabel("How big is the busiest hour against the average hour?").fill("5");
  await next(page, "How fast must it answer?");
  await page.getByLabel("How fast must it answer?").fill("2s");
  await page.getByLabel("P99", { exact: true }).check();
  await page.getByRole("button", { name: "Check your answers" }).click();

  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Check your answers");
  const said = page.getByRole("table", { name: "What you said" });
  for (const answer of ["Europe (Ireland)", "200 ms", "800 ms", "50 ms", "2 million", "A daily wave", "2 s"]) {
    await expect(said.getByRole("cell", { name: answer }).first(), answer).toBeVisible();
  }
  await page.getByRole("link", { name: "Show the answer" }).click();

  await expect(page).toHaveURL(/\/answer\?/);
  await audit();
  const shown = await numbers(page);
  expect(shown.headline).toMatch(/\$[\d,.]+ a month/);
  expect(shown.options.map(([name]) => name)).toEqual(expect.arrayContaining(["AWS Lambda", "Amazon ECS on Fargate"]));
  expect(shown.breakEvens).not.toEqual([]);

  await page.getByLabel("Name, if you like").fill("The shop's API");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page).toHaveURL(/\/s\/[\w-]+$/);
  await expect(page.getByText("The shop's API").first()).toBeVisible();
  await audit();
  expect(await numbers(page)).toEqual(shown);

  const immutable = await page.getByRole("link", { name: /\/s\/[\w-]+\/revisions\/1$/ }).getAttribute("href");
  for (const address of [page.url(), immutable ?? "no link"]) {
    await stranger.goto(address);
    await expect(stranger.getByText("The shop's API").first()).toBeVisible();
    expect(await numbers(stranger), address).toEqual(shown);
  }
});

test("an example of the home page leads straight to its answer", async ({ page, audit }) => {
  await page.goto("/");
  await page.getByRole("link", { name: "Thumbnails", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/\$[\d,.]+ a month/);
  expect((await options(page)).length).toBeGreaterThan(2);
  await audit();
});

test.describe(() => {
  inOpposites();

  test("an answer that is changed on the check page changes the result", async ({ page }) => {
    await page.goto(`/answer?${query()}`);
    const before = await numbers(page);
    await page.getByRole("link", { name: "Check the answers" }).click();
    await page.getByRole("link", { name: "Change Traffic" }).click();
    const traffic = page.getByLabel("How much traffic does it get?");
    await expect(traffic).toHaveValue("2000000");
    await traffic.fill("300M");
    await page.getByRole("button", { name: "Save this answer" }).click();

    await expect(page.getByRole("row", { name: /^Traffic .*requests a month/ })).toContainText("300 million");
    await expect(page.getByRole("row", { name: /^Mean duration/ })).toContainText("200 ms");
    await page.getByRole("link", { name: "Show the answer" }).click();
    const after = await numbers(page);
    expect(before.headline).toContain("Lambda");
    expect(after.headline).not.toEqual(before.headline);
    expect(after.options[0]?.[0], "past the break-even").not.toBe("AWS Lambda");
  });

  test("a default that is stated on the check page is no longer assumed", async ({ page }) => {
    await page.goto(`/check?${query()}`);
    const row = page.getByRole("row", { name: /^Language/ });
    await page.locator("details", { has: page.getByText("Language", { exact: true }) }).locator("summary").click();
    await row.getByRole("link").click();
    await page.getByLabel("Java", { exact: true }).check();
    await page.getByRole("button", { name: "Save this answer" }).click();
    await expect(page.getByRole("table", { name: "What you said" }).getByRole("row", { name: /^Language/ })).toContainText("Java");
  });

  test("going back keeps what was answered", async ({ page }) => {
    await page.goto(`/advise/quick?${query()}&step=5`);
    await page.locator("main").getByRole("link", { name: /Back$/ }).click();
    await expect(page.getByLabel("How much traffic does it get?")).toHaveValue("2M");
    await page.locator("main").getByRole("link", { name: /Back$/ }).click();
    await expect(page.getByLabel("a typical web request")).toBeChecked();
  });

  test("the reports of an answer and of a saved scenario carry the amounts of the screen", async ({ page }) => {
    await page.goto(`/answer?${query()}`);
    await expectSameAmounts(page);
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page).toHaveURL(/\/s\//);
    await expectSameAmounts(page);
  });

  test("what must last has its service on both sides, in the bill too", async ({ page, audit }) => {
    await page.goto(`/answer?${query({ "state.cache_gb": "2", "state.queue_messages": "1" })}`);
    const services = page.getByRole("table", { name: "The service for each need, on both sides" });
    await expect(services.getByRole("row", { name: /^Cache/ })).toContainText("ElastiCache");
    await expect(services.getByRole("row", { name: /^Queue/ })).toContainText("Amazon SQS");
    await expect(page.locator(".bill[open] th.group", { hasText: "State and services" })).toBeVisible();
    await audit();
  });

  test("the break-even over another answer is one choice away, and the answer stays", async ({ page, audit }) => {
    await page.goto(`/answer?${query()}`);
    const before = await numbers(page);
    await page.getByLabel("Which answer moves, all others as they are?").selectOption({ label: "Peak against the mean" });
    await page.getByRole("button", { name: "Show", exact: true }).click();
    await expect(page).toHaveURL(/[?&]over=traffic\.peak_to_mean/);
    const costs = page.getByRole("table", { name: /^Cost a month$/ });
    await expect(costs.getByRole("row").nth(5)).toContainText("$");
    await expect(page.getByLabel("Which answer moves, all others as they are?")).toHaveValue("traffic.peak_to_mean");
    expect(await numbers(page)).toEqual(before);
    await audit();
  });

  test("a target that nothing keeps is said first, with what to do about it", async ({ page, audit }) => {
    await page.goto(`/answer?${query({ "latency.target_ms": "1" })}`);
    await expect(page.getByRole("heading", { name: "First find out" })).toBeVisible();
    await expect(page.locator(".verdict").getByText(/Relax the latency target/)).toBeVisible();
    await audit();
  });

  test("a system of two components has its plans, and a place for each", async ({ page, audit }) => {
    await page.goto("/");
    await page.getByRole("link", { name: "Shop with thumbnails", exact: true }).click();
    const plans = page.getByRole("table", { name: "The whole system, a month" });
    for (const plan of ["All serverless", "All in containers", "Each where it is best"]) {
      await expect(plans.getByRole("row", { name: new RegExp(`^${plan}`) })).toContainText(/\$[\d,.]+|cannot run/);
    }
    for (const component of ["web", "thumbnails"]) {
      await expect(page.getByRole("heading", { name: component, exact: true }).first(), component).toBeVisible();
    }
    await expect(page.getByRole("button", { name: "Show", exact: true })).toHaveCount(2);
    await audit();
  });

  test("the head of each page that holds answers keeps search engines away", async ({ page }) => {
    for (const path of [`/check?${query()}`, `/answer?${query({ "traffic.requests_per_month": "123k" })}`]) {
      const html = await (await page.request.get(path)).text();
      expect(html, path).toContain('<meta name="robots" content="noindex">');
      expect(html, path).toContain('<meta property="og:description"');
    }
  });
});

async function next(page: Page, title: string) {
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
}

async function expectSameAmounts(page: Page) {
  const headline = await text(page.getByRole("heading", { level: 1 }));
  const shown = await options(page);
  const amounts = await billAmounts(page);

  const markdown = (await report(page, /Markdown/)).replaceAll("\\", "");
  const cells = (text: string) => text.split("|").map((cell) => cell.trim().replace(/^\*\*(.*)\*\*$/, "$1")).slice(1);
  const rows = (text: string) => text.split("\n").filter((line) => line.startsWith("| ")).map(cells);
  expect(markdown).toContain(headline);
  for (const [name, ...costs] of shown) {
    const written = costs.map((cell) => (cell === "-" ? "\u2013" : cell));
    const row = rows(markdown).find(([first]) => first?.replace(/ \(.*\)$/, "") === name);
    expect(row?.slice(1, 6), name).toEqual(written);
  }
  const bill = markdown.split("estimated bill a month_")[1]?.split("\n_")[0] ?? "";
  expect(rows(bill).slice(2).map((row) => row[4])).toEqual(amounts);

  const { evaluation } = JSON.parse(await report(page, /JSON/));
  expect(evaluation.verdict.headline).toBe(headline);
  const [component] = evaluation.components;
  const costs = component.options.map((option) => [option.label, option.bill ? dollars(option.bill.monthly_usd) : "not priced"]);
  expect(shown.map((row) => row.slice(0, 2)).sort(), "in whatever order").toEqual(costs.sort());
  const chosen = component.options.find((option) => option.platform === evaluation.verdict.platform);
  expect([...chosen.bill.lines.map((line) => line.amount_usd), chosen.bill.monthly_usd].map(dollars)).toEqual(amounts);
}

async function report(page: Page, name: RegExp): Promise<string> {
  const href = await page.locator(".exports").getByRole("link", { name }).getAttribute("href");
  const response = await page.request.get(href ?? "no link");
  expect(response.status()).toBe(200);
  expect(response.headers()["content-disposition"]).toContain("attachment");
  return response.text();
}

function dollars(usd: number): string {
  return usd.toLocaleString("en-US", { style: "currency", currency: "USD" });
}
