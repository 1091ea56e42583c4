// What people mistype, and what nobody should type: a clear message or a sane answer, and the server lives on.
import type { Page } from "@playwright/test";
import { excessWidth, expect, inOpposites, test } from "../fixtures/page";
import { numbers, query, sent } from "../fixtures/workload";

const DURATION = "How long does one piece of work take, on average?";

inOpposites();

test.afterEach(async ({ request }) => {
  expect((await request.get("/healthz")).status(), "the server lives on").toBe(200);
});

test("a bad number is named above and beside its field, and stays there to be mended", async ({ page, audit }) => {
  await page.goto(`/advise/quick?${query({ "work.duration_ms": "" })}&step=2`);
  const field = page.getByLabel(DURATION);
  await field.fill("quite fast");
  await page.getByRole("button", { name: "Continue" }).click();

  await expect(page).toHaveTitle(/^Error: /);
  await expect(field).toHaveValue("quite fast");
  await expect(field).toHaveAccessibleDescription(/Error:.*is not a number/i);
  await audit();
  const summary = page.getByRole("alert");
  await expect(summary.getByRole("heading")).toHaveText("There is a problem");
  await summary.getByRole("link", { name: /^Mean duration: .*quite fast/ }).click();
  await expect(field).toBeFocused();

  await field.fill("200");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("alert")).toHaveCount(0);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("How much of that time is it computing, not waiting?");
});

test("only the field that is wrong is blamed", async ({ page }) => {
  await page.goto(sent(2, { "work.duration_ms": "-5", "work.duration_p99_ms": "800" }));
  await expect(page.locator("p.error")).toHaveCount(1);
});

test("a question that must be answered is not passed over", async ({ page }) => {
  await page.goto("/advise/quick");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("alert").getByRole("link", { name: /^Region: / })).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("What does it do, and where?");
});

test("durations that are none are refused with a reason, and stay as typed", async ({ page }) => {
  for (const [typed, message] of [
    ["400..100", /must rise from low/i],
    ["-5", /must be between/i],
    ["0", /must be between/i],
    ["2592000001", /must be between/i],
    ["1e999", /is not a number/i],
    ["NaN", /is not a number/i],
    ["1,5", /comma/i],
    ["5 bananas", /is not a number/i],
    ["१२३", /is not a number/i],
    ["4".repeat(500), /is not a number|must be between/i],
  ] as const) {
    await page.goto(sent(2, { "work.duration_ms": typed }));
    await expect.soft(page.getByLabel(DURATION), typed).toHaveValue(typed);
    await expect.soft(page.locator("[id='work.duration_ms-error']"), typed).toHaveText(message);
    await expect.soft(page.getByRole("alert").getByRole("link", { name: /^Mean duration: / }), typed).toHaveText(message);
    expect.soft(await excessWidth(page), typed).toBe(0);
  }
});

test("extreme workloads get a sane answer", async ({ page, javaScriptEnabled }) => {
  test.skip(!javaScriptEnabled, "the same answers, and slow ones");
  const long = { "work.duration_p99_ms": "", "latency.target_ms": "" };
  for (const [what, answers] of [
    ["no requests at all", { "traffic.requests_per_month": "0" }],
    ["one request a month", { "traffic.requests_per_month": "1" }],
    ["10^13 requests", { "traffic.requests_per_month": "1e13" }],
    ["work of 0.01 ms", { ...long, "work.duration_ms": "0.01" }],
    ["work of 30 days", { ...long, kind: "scheduled_batch", "work.duration_ms": "2592000000" }],
  ] as const) {
    await page.goto(`/answer?${query(answers)}`);
    const shown = await numbers(page);
    expect.soft(shown.headline, what).not.toBe("");
    expect.soft(shown.options.length, what).toBeGreaterThan(2);
    expect.soft(await page.locator("main").innerText(), what).not.toMatch(/NaN|infinit|\binf\b|undefined|-\$|\$-/i);
  }
});

test.describe("answers that cannot be computed", () => {
  test.use({ expectedStatuses: [400] });

  test("an unknown name in the address is named and can be left out", async ({ page, visit }) => {
    await visit(`/answer?${query({ colour: "red" })}`);
    await expect(problems(page)).toHaveText(/colour.*is not known.*red/);
    await problems(page).getByRole("link", { name: "Leave it out" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Check your answers");
    await expect(page.getByRole("row", { name: /^Mean duration/ })).toContainText("200 ms");
  });

  test("missing answers are listed, each with a way to give it", async ({ page }) => {
    for (const address of ["/answer", "/answer?kind=http_api&region=eu-west-1", "/check?kind=nonsense"]) {
      await page.goto(address);
      for (const name of ["Mean duration", "Traffic"]) {
        const problem = problems(page).filter({ hasText: name });
        await expect.soft(problem.getByRole("link", { name: "Answer it" }), `${name} on ${address}`).toBeVisible();
      }
    }
  });

  test("a missing answer that is given completes the answers", async ({ page }) => {
    await page.goto(`/answer?${query({ "work.duration_ms": "", "work.cpu_ms": "" })}`);
    await problems(page).filter({ hasText: "Mean duration" }).getByRole("link", { name: "Answer it" }).click();
    await page.getByLabel(DURATION).fill("200");
    await page.getByRole("button", { name: "Save this answer" }).click();
    await page.getByRole("link", { name: "Show the answer" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(/\$[\d,.]+ a month/);
  });

  test("a link that was cut off says so", async ({ page, visit }) => {
    await visit("/answer?s=7VbBbhs3EP0VgkcL");
    await expect(problems(page)).toHaveText(/cut off/);
  });

  test("a script in an answer is shown as text and runs nothing", async ({ page, visit }) => {
    await visit(`/answer?${query({ "work.duration_ms": "<script>alert(1)</script>", "<img src=x onerror=alert(2)>": "1" })}`);
    await expect(problems(page).filter({ hasText: "<script>alert(1)</script>" })).toHaveCount(1);
    await expect(problems(page).filter({ hasText: "<img src=x onerror=alert(2)>" })).toHaveCount(1);
  });
});

test("a script as the name of a scenario is shown as text and runs nothing", async ({ page }) => {
  const name = `<script>alert(1)</script>"><img src=x onerror=alert(2)>`;
  await page.goto(`/answer?${query()}`);
  await page.getByLabel("Name, if you like").fill(name);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page).toHaveURL(/\/s\//);
  await expect(page.getByText(name).first()).toBeVisible();
  await expect(page).toHaveTitle(`${name} - Breakeven`);
  await expect(page.locator("main img:not([src*='/charts/'])")).toHaveCount(0);

  await page.getByRole("link", { name: "Change these answers" }).click();
  await expect(page.getByRole("row", { name: /^Name/ })).toContainText(name);
  await expect(page.locator("main img")).toHaveCount(0);
});

test.describe("addresses that lead nowhere", () => {
  test.use({ expectedStatuses: [404] });

  test("a page says so and leads on", async ({ page, audit }) => {
    for (const path of ["/nothing", "/s/nobody-saved-this", "/s/nobody-saved-this/revisions/1", "/advise/field?path=nothing"]) {
      const response = await page.goto(path);
      expect(response?.status(), path).toBe(404);
      await expect(page.getByRole("heading", { level: 1 }), path).toHaveText("There is nothing here");
    }
    await audit();
    await page.locator("main").getByRole("link").first().click();
    await expect(page.getByRole("heading", { level: 1 })).not.toHaveText("There is nothing here");
  });
});

function problems(page: Page) {
  return page.locator("main ul.mend li");
}
