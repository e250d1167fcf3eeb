// The page follows the hand: manifest, picture and form lead to each other, and nothing typed is lost.

import { expect, test } from "../fixtures";

test.skip(({ javaScriptEnabled, isMobile }) => javaScriptEnabled === false || isMobile, "JavaScript, and the same on a phone");

test("the line of every input is in view", async ({ page, editor }) => {
  await editor.openPreset("One writes, one serves");
  const inputs = page.locator("#editor :is(input, textarea, select)[id^='spec.']:visible");
  const count = await inputs.count();
  expect(count).toBeGreaterThan(12);
  const scrolled = await page.evaluate(() => window.scrollY);
  for (let index = 0; index < count; index += 1) {
    await inputs.nth(index).evaluate((input: HTMLElement) => input.focus({ preventScroll: true }));
    const lit = editor.manifest.locator(".lit").first();
    if ((await lit.count()) > 0) await expect(lit, await inputs.nth(index).getAttribute("id") ?? "").toBeInViewport();
  }
  expect(await page.evaluate(() => window.scrollY)).toBe(scrolled);
});

test("a line and a shape lead to their input and open its fold", async ({ page, editor }) => {
  await editor.openPreset("One writes, one serves");
  const limit = 'spec.containers[1].ports[0].containerPort';
  await page.locator("details.more[open] > summary").evaluateAll((folds) => folds.forEach((fold) => fold.parentElement?.removeAttribute("open")));
  await editor.manifest.locator(`[data-field="${limit}"]`).click();
  await editor.expectFocus(limit);
  await page.locator('#diagram [data-field="spec.volumes[0]"]').first().click();
  await editor.expectFocus("spec.volumes[0]");
  await editor.manifest.focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.locator(":focus")).toHaveAttribute("id", /^(metadata|spec)/);
});

test("what is far down in a long document is gone to", async ({ page, editor }) => {
  const container = (index: number) => `  - name: c${index}\n    image: nginx:1.29\n    volumeMounts: [{name: v, mountPath: /v}]\n`;
  const containers = Array.from({ length: 30 }, (_, index) => container(index)).join("");
  await editor.openManifest(`apiVersion: v1\nkind: Pod\nmetadata: {name: long}\nspec:\n  containers:\n${containers}  volumes: [{name: v, emptyDir: {}}]\n`);
  await page.setViewportSize({ width: 390, height: 740 });
  for (const field of ["spec.containers[29].image", "spec.containers[14].name"]) {
    await editor.manifest.locator(`[data-field="${field}"]`).first().evaluate((line: HTMLElement) => line.click());
    await editor.expectFocus(field);
    await expect(editor.input(field)).toBeInViewport();
  }
});

test("undo and redo have buttons and keys, and a removal says so", async ({ page, editor }) => {
  await editor.openPreset("One writes, one serves");
  const [undo, redo] = [page.getByRole("button", { name: "Undo" }), page.getByRole("button", { name: "Redo" })];
  await expect(undo).toBeDisabled();
  await editor.fill("metadata.name", "typed-before");
  await editor.press("Remove container web");
  await expect(page.getByText("Removed container web.")).toBeInViewport();
  await expect(undo).toBeInViewport();
  await editor.changed(() => page.keyboard.press("ControlOrMeta+Z"));
  await expect(editor.input("spec.containers[1].name")).toHaveValue("web");
  await expect(editor.input("metadata.name")).toHaveValue("typed-before");
  await editor.changed(() => redo.click());
  await expect(editor.input("spec.containers[1].name")).toHaveCount(0);
  await editor.changed(() => undo.click());
  await editor.changed(() => undo.click());
  await expect(editor.input("metadata.name")).toHaveValue("web-content");
  await expect(undo).toBeDisabled();
});

test("a download waits for what was typed", async ({ page, editor }) => {
  await editor.openPreset("One writes, one serves");
  await page.route("**/p/*", async (route) => {
    await new Promise((resume) => setTimeout(resume, 400));
    await route.continue();
  });
  await editor.input("metadata.name").fill("late");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download YAML" }).click()]);
  expect(download.suggestedFilename()).toBe("late.yaml");
});

test("what was typed and not sent is offered again", async ({ page, context, editor }) => {
  test.info().annotations.push({ type: "the browser asks before it leaves" });
  await editor.openPreset("One writes, one serves");
  await page.route("**/p/*", (route) => (route.request().method() === "POST" ? undefined : route.continue()));
  await editor.input("metadata.name").fill("not-sent");
  page.once("dialog", (dialog) => void dialog.accept());
  await page.reload();
  await page.unroute("**/p/*");
  await expect(editor.input("metadata.name")).toHaveValue("web-content");
  await editor.changed(() => page.getByRole("button", { name: "Put it back" }).click());
  await expect(editor.input("metadata.name")).toHaveValue("not-sent");
  await editor.expectManifest("  name: not-sent");
  await context.close();
});

test("lines that an edit changed stand out", async ({ editor }) => {
  await editor.openPreset("One writes, one serves");
  await editor.fill("spec.containers[1].image", "nginx:1.28-alpine");
  await expect(editor.manifest.locator(".changed")).toHaveText(["      image: nginx:1.28-alpine\n"]);
});
