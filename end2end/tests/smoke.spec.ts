// The server is up. Its pages are looked at in the other files.
import { expect, once, test } from "../fixtures/page";

once();

test("the server says that it is alive and ready", async ({ request }) => {
  for (const path of ["/healthz", "/readyz"]) {
    expect((await request.get(path)).status(), path).toBe(200);
  }
});
