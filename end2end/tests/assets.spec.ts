// What the browser loads beside the page, as the server sends it.

import { expect, test } from "../fixtures";

/** Bytes of the WebAssembly and its JavaScript together, as a browser fetches them. */
const BUDGET = 42_000;
/** Bytes of a page and its files. */
const FIRST_LOAD = 65_000;

test.beforeEach(({}, { project }) => {
  test.skip(project.name !== "desktop", "the same for every browser");
});

test("WebAssembly and JavaScript stay within their budget", async ({ page, request }) => {
  await page.goto("/");
  const hrefs = await page.locator("link[rel=modulepreload], link[rel=preload]").evaluateAll((links) => links.map((link) => (link as HTMLLinkElement).href));
  expect(hrefs.map((href) => href.split(".").at(-1))).toEqual(["js", "wasm"]);
  let bytes = 0;
  for (const href of hrefs) {
    const response = await request.get(href, { headers: { "accept-encoding": "br" } });
    expect(response.headers()["content-encoding"]).toBe("br");
    bytes += Number(response.headers()["content-length"]);
  }
  console.log(`WebAssembly and JavaScript: ${bytes} of ${BUDGET} bytes`);
  expect(bytes).toBeLessThanOrEqual(BUDGET);
});

test("everything that a first visit loads stays within its budget", async ({ page, request }) => {
  const size = async (path: string) => Number((await request.get(path, { headers: { "accept-encoding": "br" } })).headers()["content-length"]);
  await page.goto("/");
  const files = await page.locator("link[rel=modulepreload], link[rel=preload], link[rel=stylesheet], link[rel=icon]").evaluateAll((links) => links.map((link) => (link as HTMLLinkElement).href));
  const preset = (await page.getByRole("link", { name: "One writes, one serves", exact: true }).getAttribute("href")) ?? "";
  for (const path of ["/", preset]) {
    const sizes = await Promise.all([...files, path].map(size));
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    console.log(`${path} with its files: ${bytes} of ${FIRST_LOAD} bytes (${sizes.join(", ")})`);
    expect(bytes, path).toBeLessThanOrEqual(FIRST_LOAD);
  }
});

test("a file is kept for ever, and not sent again", async ({ page, request }) => {
  await page.goto("/");
  const href = (await page.locator("link[rel=stylesheet]").getAttribute("href")) ?? "";
  const first = await request.get(href);
  expect(first.headers()).toMatchObject({
    "cache-control": "public, max-age=31536000, immutable",
    "content-type": "text/css",
    vary: "accept-encoding",
  });
  const again = await request.get(href, { headers: { "if-none-match": first.headers()["etag"] } });
  expect(again.status()).toBe(304);
  expect(await again.body()).toHaveLength(0);
  const head = await request.head(href);
  expect(head.headers()["content-length"]).toBe(first.headers()["content-length"]);
});

test("the link of another version leads to the file, which is then not kept", async ({ request }) => {
  const response = await request.get("/assets/0/favicon.svg");
  expect(response.headers()).toMatchObject({ "cache-control": "no-cache", "content-type": "image/svg+xml" });
});
