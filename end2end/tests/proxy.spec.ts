// Behind Debian's nginx: with the example of the documentation, and with no setting beyond what it takes to pass requests on.

import { expect, noise, test as base } from "../fixtures";
import { Nginx, type Sites } from "../nginx";

const test = base.extend<object, { sites: Sites }>({
  sites: [
    async ({}, use, { project }) => {
      const nginx = await Nginx.start(project.use.baseURL ?? "");
      await use(nginx.sites);
      await nginx.stop();
    },
    { scope: "worker" },
  ],
});

test.skip(({ isMobile }) => isMobile, "the same on a phone");

const ANNOTATIONS = "metadata.annotations";

test.describe("with the documented settings", () => {
  test.use({ baseURL: async ({ sites }, use) => use(sites.documented) });

  test("the largest documents are edited and opened", async ({ page, editor, request, baseURL }) => {
    await editor.openPreset("One writes, one serves");
    await editor.fill(ANNOTATIONS, noise(36_200));
    expect(code(page.url()).length).toBeGreaterThan(31_500);
    await editor.fill("metadata.name", "large");
    await editor.expectManifest("  name: large");
    await expect(page.getByLabel("Link to this document")).toHaveValue(page.url());
    expect(page.url()).toContain(`${baseURL}/p/2`);
    const manifest = await editor.manifest.textContent();
    await page.reload();
    await expect(editor.manifest).toHaveText(manifest ?? "");
    const yaml = await request.get(`${page.url()}.yaml`);
    expect(await yaml.text()).toBe(manifest);
  });

  test("a manifest of megabytes passes, and of one beyond the limit the server itself speaks", async ({ request }) => {
    const post = (size: number) => request.post("/", { multipart: { manifest: `kind: Pod\n#${"x".repeat(size)}\n` }, maxRedirects: 0 });
    expect([303, 422]).toContain((await post(3 << 20)).status());
    const refused = await post(4.5 * 1024 * 1024);
    expect(refused.status()).toBe(413);
    expect(await refused.text()).toContain("That is too much");
  });
});

test.describe("without any setting", () => {
  test.use({ baseURL: async ({ sites }, use) => use(sites.default) });
  test.skip(({ javaScriptEnabled }) => javaScriptEnabled === false, "live edits");

  test("documents with codes of 8,000 characters are edited and opened", async ({ page, editor }) => {
    await editor.openPreset("One writes, one serves");
    await editor.fill(ANNOTATIONS, noise(8_700));
    expect(code(page.url()).length).toBeGreaterThan(7_700);
    await editor.fill("metadata.name", "large");
    await editor.expectManifest("  name: large");
    await page.reload();
    await editor.expectManifest("  name: large");
  });

  test.describe("and a document that is too large", () => {
    test.use({ expectedMessages: [/status of 414/] });

    test("it is told that a proxy refuses the address, and Back leads out", async ({ page, editor }) => {
      await editor.openPreset("One writes, one serves");
      await editor.fill(ANNOTATIONS, noise(20_000));
      await editor.input("metadata.name").fill("kept");
      await expect(editor.status).toContainText("takes no address as long as this document has");
      await expect(editor.input("metadata.name")).toHaveValue("kept");
      await page.goBack();
      await editor.expectManifest("metadata:", "  name: web-content");
      await expect(editor.status).toBeHidden();
      await editor.fill("metadata.name", "shorter");
      await editor.expectManifest("  name: shorter");
    });
  });
});

function code(url: string): string {
  return new URL(url).pathname.slice("/p/".length);
}
