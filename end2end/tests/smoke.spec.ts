// The server is up, and its first page is whole.
import { expect, test } from "../fixtures/page";

test("the home page has one heading and nothing to complain about", async ({ page, visit }) => {
  await visit("/");
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
});

test("the server says that it is alive and ready", async ({ request }) => {
  for (const path of ["/healthz", "/readyz"]) {
    expect((await request.get(path)).status(), path).toBe(200);
  }
});
