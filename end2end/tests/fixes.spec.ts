// How far a document gets, what goes wrong on the way, and the buttons that fix it.

import { expect, expectAccessible, test } from "../fixtures";

const BROKEN = `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: writer
      image: alpine:3.22 # small
      command: [sh, -c, 'while true; do date > /html/index.html; sleep 5; done']
      volumeMounts:
        - {name: html, mountPath: /html}
        - {name: tmp, mountPath: /tmp}
  volumes:
    - name: html
      emptyDir: {medium: memory, sizeLimit: 16Mi} # fast
    - name: tmp
      emptyDir: {medium: MEMORY, sizeLimit: 16Mi}
`;
const MEDIUM = "spec.volumes[0].emptyDir.medium";

test("a fix is made by its button, and undone by Back", async ({ page, editor }) => {
  await editor.openManifest(BROKEN);
  const lights = page.getByRole("list", { name: "How far it gets" }).getByRole("listitem");
  await expect(lights).toHaveText([/Admitted/, /Does not start/, /Shares/]);
  await expect(page.locator("#verdict")).toContainText("accepts this manifest, but the Pod will not start");
  const finding = editor.finding(MEDIUM);
  await expect(finding).toContainText("The kubelet knows no medium memory");
  await editor.changed(() => finding.getByRole("button", { name: /^Fix: / }).click());
  await editor.expectManifest("      emptyDir: {medium: Memory, sizeLimit: 16Mi} # fast");
  await editor.expectFocus(MEDIUM);
  await expect(finding).toHaveCount(0);
  await page.goBack();
  await expect(finding).toHaveCount(1);
});

test("all safe fixes are made at once, with what was typed", async ({ page, editor }) => {
  await editor.openManifest(BROKEN);
  await editor.input("metadata.name").fill("site");
  await editor.changed(() => page.getByRole("button", { name: "Fix all 2 that are safe" }).click());
  await expect(page.locator('[data-stage="starts"][data-light="green"]')).toBeVisible();
  await editor.expectManifest("  name: site", "");
  await editor.expectManifest("      emptyDir: {medium: Memory, sizeLimit: 16Mi}", "");
});

test("a finding leads to the page of its rule", async ({ page, editor }) => {
  await editor.openManifest(BROKEN);
  await editor.finding(MEDIUM).getByRole("link", { name: "medium-unknown" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("medium-unknown");
  if (editor.isLive) await expectAccessible(page);
  await page.getByRole("link", { name: "All rules" }).click();
  await expect(page.getByRole("heading", { name: "Starts" })).toBeVisible();
  if (editor.isLive) await expectAccessible(page);
});

test("lights and fixes are accessible", async ({ page, editor }) => {
  test.skip(!editor.isLive, "axe is itself JavaScript");
  const refused = BROKEN.replace("name: web", "name: Web");
  for (const [text, folds] of [
    [refused, ["#notes", "details.words"]],
    [refused.replace("metadata:", "metadata: # podweave: ignore lifetime"), ["#silenced"]],
  ] as const) {
    await editor.openManifest(text);
    for (const fold of folds) await page.locator(`${fold} > summary`).first().click();
    await expectAccessible(page);
  }
});
