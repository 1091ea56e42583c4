// The full questionnaire, with and without JavaScript: every section of one part, what is wrong, several parts.
import type { Page } from "@playwright/test";
import { expect, inOpposites, test } from "../fixtures/page";
import { query, text } from "../fixtures/workload";

const SECTIONS = ["Work", "Traffic", "Latency", "State", "Limits", "Money and team"];
const DURATION = "How long does one piece of work take, on average?";

inOpposites();

test("all sections lead from the first question to the answer, and nothing is lost", async ({ page, audit }) => {
  await page.goto("/advise/quick");
  await page.getByRole("link", { name: "Ask me everything" }).click();
  await heading(page, "Work");
  await audit();
  await page.getByLabel("Works off a queue").check();
  await page.getByLabel("Where does it run?").selectOption("eu-west-1");
  await page.getByLabel(DURATION).fill("1.5s");
  await page.getByLabel("a typical web request").check();
  await page.getByLabel("How much does a request log?").fill("0.3..4");

  await next(page, "Traffic");
  await page.getByLabel("How much traffic does it get?").fill("3000/min");
  await page.getByLabel("How many messages does one invocation handle?").fill("20");
  await page.getByText("Rarely needed").click();
  const burst = page.getByRole("group", { name: "Burst 1" });
  await burst.getByLabel("Height").fill("10");
  await burst.getByLabel("Known ahead").selectOption("Yes");

  await next(page, "Latency");
  await page.getByLabel("Java", { exact: true }).check();
  await next(page, "State");
  await page.getByLabel("How many objects does a request read?").fill("1");
  await next(page, "Limits");
  await expect(page.getByText("What stands in front of it?"), "nobody calls a queue worker").toHaveCount(0);
  await next(page, "Money and team");
  await page.getByRole("group", { name: "Environment 1" }).getByLabel("Name").fill("production");
  await page.getByRole("group", { name: "Environment 2" }).getByLabel("Name").fill("test");
  await page.getByRole("group", { name: "Environment 2" }).getByLabel("Up").fill("40");
  await page.getByRole("button", { name: "Check your answers" }).click();

  await heading(page, "Check your answers");
  const said = page.getByRole("table", { name: "What you said" });
  for (const [row, value] of [
    ["What it does", "Works off a queue"],
    ["Region", "Europe (Ireland)"],
    ["Mean duration", "1.5 s"],
    ["Computing time", "375 ms"],
    ["Traffic .*requests a month", "50 a second on average"],
    ["Batch size", "20 messages"],
    ["Bursts", "10 times the mean, 15 minutes, 1 a week, 300 s, known ahead"],
    ["Language", "Java"],
    ["Environments", "test, 40 hours a week, 1 of production"],
  ] as const) {
    await expect(said.getByRole("row", { name: new RegExp(`^${row}`) }), row).toContainText(value);
  }
  await audit();
  await expect(page.getByRole("link", { name: "Show the answer" })).toHaveAttribute("href", /^\/answer\?.*work\.duration_ms=1500/);
});

test("what is wrong in a section is said first, with the focus, and stays as typed", async ({ page, audit }) => {
  await page.goto(`/advise/0/work?${query({ "work.duration_ms": "" })}`);
  await page.getByLabel(DURATION).fill("quite fast");
  await page.getByLabel("How large is a request?").fill("-5");
  await page.getByRole("button", { name: "Continue" }).click();

  await expect(page).toHaveTitle(/^Error: /);
  const summary = page.getByRole("alert");
  await expect(summary).toBeFocused();
  await expect(summary.getByRole("link")).toHaveCount(2);
  await audit();
  await summary.getByRole("link", { name: /^Mean duration: .*quite fast/ }).click();
  await expect(page.getByLabel(DURATION)).toBeFocused();
  await expect(page.getByLabel(DURATION)).toHaveValue("quite fast");
  await expect(page.getByLabel("How large is a request?")).toHaveValue("-5");

  // Other sections can be looked at meanwhile; what was typed comes along.
  await page.getByRole("navigation", { name: "Sections" }).getByRole("link", { name: "Traffic" }).click();
  await expect(page.getByLabel("How much traffic does it get?")).toHaveValue("2M");
  await page.getByRole("navigation", { name: "Sections" }).getByRole("link", { name: "Work" }).click();
  await expect(page.getByLabel(DURATION)).toHaveValue("quite fast");
});

test("a cell of a row that is wrong is named with its row", async ({ page }) => {
  await page.goto(`/advise/0/traffic?${query({ "traffic.bursts[0].height": "lots" })}&done=1`);
  await page.getByRole("alert").getByRole("link", { name: /^Bursts: Burst 1, height: is not a number/ }).click();
  await expect(page.getByRole("group", { name: "Burst 1" }).getByLabel("Height")).toBeFocused();
});

test("an answer that brings up a question asks it before going on", async ({ page }) => {
  await page.goto(`/advise/0/limits?${query()}`);
  await expect(page.getByText("How much does it send out of the private network?")).toHaveCount(0);
  await page.getByRole("group", { name: "Must it reach a private network?" }).getByLabel("Yes").check();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("status").getByRole("link", { name: "How much does it send out of the private network?" }).click();
  await page.getByLabel("How much does it send out of the private network?").fill("50");
  await next(page, "Money and team");
});

test("back, forward and reload keep the answers", async ({ page }) => {
  await page.goto(`/advise/0/state?${query()}`);
  await page.getByLabel("How much data does it store?").fill("10");
  await next(page, "Limits");
  await page.reload();
  await heading(page, "Limits");
  await page.goBack();
  await heading(page, "State");
  await page.goForward();
  await heading(page, "Limits");
  await page.locator("main").getByRole("link", { name: /Back to State$/ }).click();
  await expect(page.getByLabel("How much data does it store?")).toHaveValue("10");
});

test("what matters most is asked next, and how sure the answer is can be said", async ({ page, audit }) => {
  // Near the break-even, where the computing time decides.
  const open = ["work.cpu_ms", "work.duration_p99_ms", "traffic.shape", "traffic.peak_to_mean", "latency.target_ms", "latency.percentile"];
  const near = query({ ...Object.fromEntries(open.map((path) => [path, ""])), "traffic.requests_per_month": "17M" });
  await page.goto(`/check?${near}`);
  const first = page.getByRole("region", { name: "Asked next, because it matters most" });
  await expect(first).toContainText(/worth about \$[\d.]+ a month/);
  const question = await text(first.getByRole("link"));
  await page.goto(`/advise/next?${near}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(question);
  await audit();
  await page.goto(`/advise/field?${query()}&path=work.duration_ms`);
  await page.getByLabel("I measured it").check();
  await page.getByRole("button", { name: "Save this answer" }).click();
  await expect(page.getByRole("row", { name: /^Mean duration/ })).toContainText("measured");
});

test("a system of two linked parts is put together, copied, ordered and taken apart", async ({ page, audit }) => {
  // Fifteen pages, one after another.
  test.slow();
  await page.goto(`/advise/system?${query()}`);
  await page.getByLabel("Name of part 1").fill("web");
  await page.getByRole("button", { name: "Rename part 1" }).click();
  await page.getByRole("link", { name: "Add a part" }).click();
  await heading(page, "part 2: Work");
  await page.getByLabel("What is this part called?").fill("thumbnails");
  await page.getByLabel("Reacts to events").check();
  await page.getByLabel(DURATION).fill("800");
  await next(page, "thumbnails: Traffic");
  await page.getByLabel("How much traffic does it get?").fill("lots");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByLabel("How much traffic does it get?")).toHaveValue("lots");
  await page.getByLabel("How much traffic does it get?").fill("100k");
  await next(page, "thumbnails: Latency");

  await page.getByRole("link", { name: "Parts of the system" }).click();
  const link = page.getByRole("group", { name: "Link 1" });
  await link.getByLabel("This part", { exact: true }).selectOption("web");
  await link.getByLabel("calls this part").selectOption("thumbnails");
  await link.getByLabel("How often").fill("0.02");
  await page.getByRole("button", { name: "Save the links" }).click();
  await audit();
  await page.getByRole("link", { name: "Copy thumbnails" }).click();
  await expect(page.getByRole("heading", { level: 2, name: "thumbnails copy" })).toBeVisible();
  await page.getByRole("link", { name: "Move up thumbnails copy" }).click();
  expect(await names(page)).toEqual(["web", "thumbnails copy", "thumbnails"]);
  await page.getByRole("link", { name: "Remove thumbnails copy" }).click();
  expect(await names(page)).toEqual(["web", "thumbnails"]);
  await expect(link.getByLabel("How often")).toHaveValue("0.02");

  await page.getByRole("link", { name: "Back to your answers" }).click();
  await expect(page.getByRole("table", { name: "What you said about web" })).toContainText("2 million");
  const thumbnails = page.getByRole("table", { name: "What you said about thumbnails" });
  await expect(thumbnails.getByRole("row", { name: /^Mean duration/ })).toContainText("800 ms");
  await expect(page.getByRole("table", { name: "What you said about the whole system" })).toContainText("web, thumbnails, 0.02 calls a request");
  await audit();
  await thumbnails.getByRole("link", { name: "Change Mean duration" }).click();
  await page.getByLabel(DURATION).fill("900");
  await page.getByRole("button", { name: "Save this answer" }).click();
  await expect(thumbnails.getByRole("row", { name: /^Mean duration/ })).toContainText("900 ms");
  await expect(page.getByRole("link", { name: "Show the answer" })).toHaveAttribute("href", /^\/answer\?s=/);
});

async function heading(page: Page, name: string) {
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
}

/** Sends a section; the next one is where the answers lead. */
async function next(page: Page, name: string) {
  await page.getByRole("button", { name: "Continue" }).click();
  await heading(page, name);
  if (SECTIONS.includes(name)) {
    await expect(page.getByRole("navigation", { name: "Sections" }).locator("[aria-current]")).toHaveText(name);
  }
}

async function names(page: Page): Promise<string[]> {
  return Promise.all((await page.locator(".parts h2").all()).map(text));
}
