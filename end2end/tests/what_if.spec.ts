// What is the same file, and what would happen to it.

import { expect, expectAccessible, test } from "../fixtures";

test("the page says what is the same file, and what becomes of it", async ({ page, editor, isMobile }) => {
  await editor.openPreset("One writes, one serves");
  await expect(page.getByRole("list", { name: "The same files" })).toContainText(
    "/html/index.html in writer is the same file as /usr/share/nginx/html/index.html in web.",
  );
  const answer = page.locator(".outcome-of");
  await page.getByRole("link", { name: "the Pod is deleted" }).click();
  await expect(answer).toContainText("html is lost");
  if (isMobile) expect(await answer.evaluate((box) => box.scrollHeight - box.clientHeight), "the answer is cut").toBeLessThan(2);
  await page.getByRole("link", { name: "writer crashes" }).click();
  await expect(answer).toContainText("html keeps its files");
  if (editor.isLive && !isMobile) await expectAccessible(page);
  await editor.check("spec.volumes[0].emptyDir.medium");
  await page.getByRole("link", { name: "the node reboots" }).click();
  await expect(answer).toContainText("html is in memory and starts empty");
});

test("many events are scrolled through, and the keyboard reaches the last", async ({ page, editor }) => {
  const containers = Array.from({ length: 8 }, (_, index) => `{name: container-${index}, image: alpine, command: [sleep, "1"], volumeMounts: [{name: v, mountPath: /v}]}`);
  await page.setViewportSize({ width: 360, height: 740 });
  await editor.openManifest(`{kind: Pod, apiVersion: v1, metadata: {name: many}, spec: {containers: [${containers.join(", ")}], volumes: [{name: v, emptyDir: {}}]}}`);
  const events = page.locator("#what-if > ul");
  expect((await events.boundingBox())?.height).toBeLessThan(260);
  await page.getByRole("link", { name: "the Pod is deleted" }).focus();
  await expect(page.getByRole("link", { name: "the Pod is deleted" })).toBeInViewport({ ratio: 1 });
});

test("on a phone, what if stands between the picture and the form, and Tab comes to it from the picture", async ({ page, editor, isMobile }) => {
  test.skip(!isMobile, "a desktop shows the form and the picture beside each other");
  await page.setViewportSize({ width: 360, height: 740 });
  await editor.openPreset("One writes, one serves");
  const box = async (selector: string) => (await page.locator(selector).boundingBox()) ?? { y: 0, height: 0 };
  const [picture, whatIf, form] = [await box("#diagram"), await box("#what-if"), await box("#editor")];
  expect(picture.y + picture.height).toBeLessThanOrEqual(whatIf.y);
  expect(whatIf.y + whatIf.height).toBeLessThanOrEqual(form.y);
  await page.locator("#what-if a").first().focus();
  await page.keyboard.press("Shift+Tab");
  expect(await page.evaluate(() => document.activeElement?.closest("figure")?.id)).toBe("diagram");
  await page.getByRole("link", { name: "the Pod is deleted" }).click();
  await expect(page.locator(".outcome-of")).toBeInViewport();
});
