// Every page and state, with all that folds open: axe in light and wide and in dark and narrow, headings, five widths;
// and the way by keyboard. Without JavaScript the pages are the same HTML; the journey audits them there.
import type { Locator, Page } from "@playwright/test";
import system from "../fixtures/system.json" with { type: "json" };
import { excessWidth, expect, once, test } from "../fixtures/page";
import { query, sent } from "../fixtures/workload";

const WIDTHS = [320, 360, 768, 1280, 1920];

type State = { name: string; path: string | ((page: Page) => Promise<string>) };

const states: Record<string, State[]> = {
  "the questions": [
    { name: "home", path: "/" },
    ...[1, 2, 3, 4, 5, 6].map((step) => ({ name: `question ${step}`, path: `/advise/quick?${query()}&step=${step}` })),
    { name: "a number with an error", path: sent(2, { "work.duration_ms": "fast" }) },
    { name: "choices with an error", path: sent(3, { "work.cpu_ms": "much" }) },
    { name: "one answer to change", path: `/advise/field?${query()}&path=runtime.language` },
    { name: "check", path: `/check?${query()}` },
  ],
  "the answers": [
    { name: "answer", path: `/answer?${query()}` },
    { name: "beyond the limits", path: `/answer?${query({ "traffic.requests_per_month": "1e13" })}` },
    { name: "without some prices", path: `/answer?${query({ kind: "websocket", region: "eu-west-1", "state.websocket_connections": "1000" })}` },
    { name: "with all kinds of state", path: `/answer?${query({ "state.cache_gb": "2", "state.queue_messages": "1", "state.key_value_reads": "2", "state.relational_connections": "20" })}` },
    { name: "over another answer", path: `/answer?${query()}&over=work.cpu_ms` },
    { name: "saved", path: (page) => save(page, system) },
    { name: "of two components", path: (page) => save(page, twice(system)) },
  ],
  "what was saved": [
    { name: "no scenarios", path: "/scenarios" },
    { name: "scenarios", path: async (page) => (await saveByForm(page, 2), "/scenarios") },
    { name: "the owner's page", path: async (page) => `${await saveByForm(page, 1)}/manage` },
    { name: "another's page of it", path: async (page) => `${await save(page, system)}/manage` },
    { name: "a move", path: "/scenarios/recover" },
    { name: "with today's prices", path: async (page) => `${await save(page, system)}/revisions/1/today` },
  ],
  "two scenarios": [
    { name: "the form", path: "/compare" },
    { name: "a form with an error", path: "/compare?left=shop&right=" },
    { name: "of one component", path: (page) => compare(page, system, busier(system)) },
    { name: "of two components", path: (page) => compare(page, twice(system), twice(busier(system))) },
    { name: "the same", path: (page) => compare(page, system, system) },
  ],
  "what can be read": [
    { name: "claims", path: "/claims" },
    { name: "prices", path: "/prices" },
    { name: "method", path: "/method" },
    { name: "the API", path: "/api" },
    { name: "nothing here", path: "/nothing" },
    { name: "missing answers", path: "/answer?kind=http_api&colour=red" },
  ],
};

once();
test.use({ expectedStatuses: [400, 404] });

for (const [what, list] of Object.entries(states)) {
  for (const { name, path } of list) {
    test(`axe finds nothing, headings are in order, nothing scrolls sideways: ${what}: ${name}`, async ({ page, audit }) => {
      test.slow();
      await open(page, path);
      for (const [colorScheme, width] of [["light", 1280], ["dark", 360]] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await page.setViewportSize({ width, height: 800 });
        await audit();
      }
      expectInOrder(await headings(page));
      const excess: Record<number, number> = {};
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 800 });
        excess[width] = await excessWidth(page);
      }
      expect(excess, "pixels of sideways scrolling").toEqual(Object.fromEntries(WIDTHS.map((width) => [width, 0])));
    });
  }
}

test("the keyboard alone leads from home to the answer", async ({ page }) => {
  await page.goto("/");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await press("Enter", page.getByRole("link", { name: "Start from nothing" }));

  await press("Space", page.getByLabel("Answers HTTP requests"));
  await type("Europe (I", page.getByLabel("Where does it run?"));
  await press("Enter", page.getByRole("button", { name: "Continue" }));
  await type("200\n", page.getByLabel("How long does one piece of work take, on average?"));
  await press("Space", page.getByLabel("mostly calls other services"));
  await page.keyboard.press("ArrowDown");
  await expect(page.getByLabel("a typical web request")).toBeChecked();
  await press("Enter", page.getByRole("button", { name: "Continue" }));
  await type("2M\n", page.getByLabel("How much traffic does it get?"));
  await press("Space", page.getByLabel("Steady, day and night"));
  await press("Enter", page.getByRole("button", { name: "Continue" }));
  await type("2s\n", page.getByLabel("How fast must it answer?"));
  await press("Enter", page.getByRole("link", { name: "Show the answer" }));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/\$[\d,.]+ a month/);
  await press("Enter", page.locator(".bill:not([open]) summary").first());
  await expect(page.locator(".bill[open]")).toHaveCount(2);

  async function press(key: string, target: Locator) {
    await tabTo(page, target);
    await page.keyboard.press(key);
  }

  async function type(text: string, target: Locator) {
    await tabTo(page, target);
    await page.keyboard.type(text);
  }
});

/** Presses Tab until `target` has the focus, which must be seen there. */
async function tabTo(page: Page, target: Locator) {
  const heading = await page.getByRole("heading", { level: 1 }).textContent();
  await target.waitFor();
  const focused = () => target.evaluate((element) => element === document.activeElement);
  for (let presses = 0; presses < 60 && !(await focused()); presses++) await page.keyboard.press("Tab");
  await expect(target, `on "${heading}"`).toBeFocused();
  const outline = await target.evaluate((element) => getComputedStyle(element).outlineStyle);
  expect(outline, "the outline of what has the focus").not.toBe("none");
}

/** Goes there, and opens all that is folded. */
async function open(page: Page, path: State["path"]) {
  await page.goto(typeof path === "string" ? path : await path(page));
  await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
}

async function save(page: Page, data: unknown): Promise<string> {
  const response = await page.request.post("/api/v1/scenarios", { data });
  expect(response.status()).toBe(201);
  return new URL((await response.json()).url).pathname;
}

/** Saves from the page, so that it is on the list of the browser. */
async function saveByForm(page: Page, times: number): Promise<string> {
  for (let time = 0; time < times; time++) {
    await page.goto(`/answer?${query({ name: `Shop ${time}` })}`);
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.waitForURL(/\/s\//);
  }
  return new URL(page.url()).pathname;
}

async function compare(page: Page, left: unknown, right: unknown): Promise<string> {
  const id = (path: string) => path.split("/").pop();
  return `/compare?left=${id(await save(page, left))}&right=${id(await save(page, right))}`;
}

function busier({ components: [component], ...rest }: typeof system) {
  const traffic = { ...component.traffic, requests_per_month: 500_000_000 };
  return { ...rest, components: [{ ...component, traffic }] };
}

function twice({ components: [component], ...rest }: typeof system) {
  const web = { ...component, name: "web", kind: "http_api" };
  return { ...rest, components: [component, web] };
}

async function headings(page: Page): Promise<number[]> {
  const all = page.locator("h1, h2, h3, h4, h5, h6");
  return all.evaluateAll((elements) => elements.map((element) => Number(element.tagName.slice(1))));
}

/** One h1; no level is passed over on the way down. A summary of errors may stand above the h1. */
function expectInOrder(levels: number[]) {
  expect(levels.filter((level) => level === 1), "headings of level 1").toEqual([1]);
  expect(levels.filter((level, index) => level > (levels[index - 1] ?? 1) + 1), `jumps among ${levels}`).toEqual([]);
}
