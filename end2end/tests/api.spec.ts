// The JSON API from outside: what is promised is answered, what is wrong is refused with its path.
import type { APIRequestContext, APIResponse } from "@playwright/test";
import system from "../fixtures/system.json" with { type: "json" };
import { expect, once, test } from "../fixtures/page";

const EVALUATE = "/api/v1/evaluate";

const smallest = { version: 1, components: [{ traffic: { requests_per_month: 1_000_000 }, work: { duration_ms: 120 } }] };

once();

test.afterEach(async ({ request }) => {
  expect((await request.get("/healthz")).status(), "the server lives on").toBe(200);
});

for (const [what, body] of [["the example of the documentation", system], ["only what is required", smallest]] as const) {
  test(`${what} is evaluated`, async ({ request }) => {
    const response = await request.post(EVALUATE, { data: body });
    expect(response.status()).toBe(200);
    const evaluation = await response.json();
    for (const name of ["price_book", "model_version", "verdict", "components", "totals", "growth", "assumptions", "excluded", "warnings"]) {
      expect(evaluation, name).toHaveProperty(name);
    }
    const [component] = evaluation.components;
    for (const name of ["verdict", "options", "break_even", "cost_curve", "flips", "information", "services"]) {
      expect(component, name).toHaveProperty(name);
    }
    for (const option of component.options.filter((option) => option.bill)) {
      const sum = option.bill.lines.reduce((sum: number, line: { amount_usd: number }) => sum + line.amount_usd, 0);
      expect(sum, option.platform).toBeCloseTo(option.bill.monthly_usd, 6);
    }
  });
}

test("a body of 10 MB is too large", async ({ request }) => {
  const problem = await refusal(await post(request, "x".repeat(10_000_000)), 413);
  expect(problem.detail).toContain("256 kB");
});

for (const [what, body, path] of [
  ["a negative duration", withWork({ duration_ms: -5 }), "components[0].work.duration_ms"],
  ["a duration of a year", withWork({ duration_ms: 3.2e10 }), "components[0].work.duration_ms"],
  ["an unknown field", withWork({ duration_ms: 120, colour: "red" }), "components[0].work.colour"],
  ["an unknown field at the top", { ...smallest, colour: "red" }, "colour"],
  ["a missing duration", withWork({}), "components[0].work.duration_ms"],
] as const) {
  test(`${what} is refused with its path`, async ({ request }) => {
    const problem = await refusal(await request.post(EVALUATE, { data: body }), 422);
    expect(problem.errors.map((error: { path: string }) => error.path)).toEqual([path]);
    expect(problem.errors[0].message).not.toBe("");
  });
}

test("text that is no JSON is refused", async ({ request }) => {
  await refusal(await post(request, "{"), 400);
});

test("what the API saves, the page shows", async ({ page, request }) => {
  const name = "<script>alert(1)</script>";
  const created = await request.post("/api/v1/scenarios", { data: { ...system, name } });
  expect(created.status()).toBe(201);
  const { id, url } = await created.json();
  const { evaluation } = await (await request.get(`/api/v1/scenarios/${id}`)).json();
  await page.goto(url);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(evaluation.verdict.headline);
  await expect(page.getByText(name).first()).toBeVisible();
});

function withWork(work: object) {
  return { ...smallest, components: [{ ...smallest.components[0], work }] };
}

function post(request: APIRequestContext, data: string) {
  return request.post(EVALUATE, { data: Buffer.from(data), headers: { "content-type": "application/json" } });
}

/** A problem document of RFC 9457 with this status. */
async function refusal(response: APIResponse, status: number) {
  expect(response.status()).toBe(status);
  expect(response.headers()["content-type"]).toBe("application/problem+json");
  const problem = await response.json();
  expect(problem).toMatchObject({ status, type: expect.any(String), title: expect.any(String), request_id: expect.any(String) });
  return problem;
}
