// axe finds nothing to object to, in light and in dark colours.

import { expect, expectAccessible, test } from "../fixtures";

test.skip(({ javaScriptEnabled }) => javaScriptEnabled === false, "axe is itself JavaScript");

test("an editor with everything in it is accessible", async ({ page, editor }) => {
  test.slow();
  await editor.openPreset("A sidecar follows the log");
  await editor.press("Add environment variable", editor.item("app"));
  await editor.press("Add port", editor.item("app"));
  const closed = page.locator("details:not([open]) > summary").filter({ visible: true });
  while ((await closed.count()) > 0) await closed.first().click();
  await expectAccessible(page);
});

test("an editor with findings is accessible", async ({ editor, page }) => {
  await editor.openNewPod();
  await editor.press("Add container");
  await editor.press("Share a new volume between nginx and app");
  await expect(editor.findings).not.toHaveCount(0);
  await expectAccessible(page);
});

test("a long manifest is accessible", async ({ page, editor, isMobile }) => {
  test.skip(isMobile, "the same on a phone");
  const container = (index: number) => `{name: c${index}, image: "busybox:1.37", volumeMounts: [{name: v, mountPath: /v}]}`;
  const containers = Array.from({ length: 5 }, (_, index) => container(index)).join(", ");
  await editor.openManifest(`{kind: Pod, metadata: {name: big}, spec: {containers: [${containers}], volumes: [{name: v, emptyDir: {}}]}}`);
  await expectAccessible(page);
});

test("a check is accessible", async ({ page, open }) => {
  await open("/check");
  await page.getByLabel("Paste YAML or JSON").fill("apiVersion: v1\nkind: Pod\nmetadata:\n  name: A\n");
  await page.getByRole("button", { name: "Check", exact: true }).click();
  await expect(page.locator(".checked")).toBeVisible();
  await expectAccessible(page);
});

test("the choice between documents is accessible", async ({ page, open, isMobile }) => {
  test.skip(isMobile, "the same on a phone");
  await open("/");
  await page.getByLabel("Paste YAML or JSON").fill("kind: Pod\n---\nkind: Service\n---\nkind: Job\n");
  await page.getByRole("button", { name: "Open manifest" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This text holds 3 documents");
  await expectAccessible(page);
});

test.describe("where something is wrong", () => {
  test.use({ expectedMessages: [/status of 4\d\d/] });

  test("the start page with a refused text is accessible", async ({ page, open }) => {
    await open("/");
    await page.getByLabel("Paste YAML or JSON").fill("kind: [");
    await page.getByRole("button", { name: "Open manifest" }).click();
    await expect(page.getByRole("alert")).toBeVisible();
    await expectAccessible(page);
  });

  test("the page about a bad link is accessible", async ({ page, open }) => {
    await open("/p/1x");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("This link cannot be opened");
    await expectAccessible(page);
  });
});
