// What Kubernetes answers to a text as it stands, and what becomes of its Pods, with the places marked in it.

import { expect, expectAccessible, test, undone } from "../fixtures";

const TEXT = `# mine
apiVersion: v1
kind: Pod
metadata:
  name: Blog
spec:
  containers:
    - name: web
      image: nginx:1.29-alpine
      ports: [{containerPort: 80}, {containerPort: 80}]
`;
const DOES_NOT_START = `apiVersion: v1
kind: Pod
metadata: {name: blog}
spec:
  containers: [{name: web, image: "nginx:1.29-alpine", volumeMounts: [{name: html, mountPath: /usr/share/nginx/html}]}]
  volumes: [{name: html, emptyDir: {medium: memory, sizeLimit: 1Mi}}] # fast
`;

test("a text is checked, mended, and opened", async ({ page, editor, open }) => {
  await open("/");
  await page.getByLabel("Paste YAML or JSON").fill(TEXT);
  await page.getByRole("button", { name: "Only check it" }).click();
  await expect(page.locator(".checked > [data-verdict]")).toHaveText("Kubernetes 1.35 refuses this manifest: 1 error.");
  const finding = page.locator('.findings > [data-field="metadata.name"]');
  await expect(finding.locator(".quote")).toHaveText("name: Blog");
  await expect(page.locator("#marks mark").first()).toHaveText("Blog");
  await finding.getByRole("link", { name: "line 5, column 9" }).click();
  await expect(page.locator("#line-5")).toBeInViewport();

  const box = page.getByLabel("Paste YAML or JSON");
  await expect(box).toHaveValue(TEXT);
  await box.fill(TEXT.replace("Blog", "blog"));
  await page.getByRole("button", { name: "Check", exact: true }).click();
  await expect(page.locator(".checked > [data-verdict]")).toHaveText("Kubernetes 1.35 accepts this manifest, with 1 warning.");
  await expect(page.locator("#marks mark")).toHaveText("{containerPort: 80}");

  await page.getByRole("button", { name: "Open manifest" }).click();
  await editor.opened();
  await editor.expectManifest("kind: Pod", "metadata:", "  name: blog");
});

test("what does not start says so, and is fixed in the text", async ({ page, open }) => {
  await open("/check");
  const box = page.getByLabel("Paste YAML or JSON");
  await box.fill(`${DOES_NOT_START}---\n${TEXT}`);
  await page.getByRole("button", { name: "Check", exact: true }).click();
  const first = page.locator(".checked").first();
  await expect(first).toContainText("accepts this manifest, but the Pod will not start as it should");
  await expect(first.getByRole("list", { name: "How far it gets" }).getByRole("listitem")).toHaveText([/Admitted/, /Does not start/, /Shares/]);
  await first.getByRole("button", { name: "Fix: Write Memory" }).click();
  await expect(box).toHaveValue(`${DOES_NOT_START.replace("medium: memory", "medium: Memory")}---\n${TEXT}`);
  await expect(first.locator('[data-stage="starts"][data-light="green"]')).toBeVisible();
});

test("a text that cannot be read is mended by its button where it is certain what was meant", async ({ page, open }) => {
  await open("/check");
  const box = page.getByLabel("Paste YAML or JSON");
  await box.fill(`$ cat pod.yaml\n${TEXT}`);
  await page.getByRole("button", { name: "Check", exact: true }).click();
  await page.getByRole("button", { name: "Fix: Remove the lines of the shell" }).click();
  await expect(box).toHaveValue(TEXT);
  await expect(page.getByRole("button", { name: "Fix: Remove the lines of the shell" })).toHaveCount(0);
});

test("a mark leads to its finding", async ({ page, open }) => {
  await open("/check");
  await page.getByLabel("Paste YAML or JSON").fill(TEXT);
  await page.getByRole("button", { name: "Check", exact: true }).click();
  await page.getByRole("link", { name: "Line 5: 1 finding" }).click();
  await expect(page.locator('.findings > [data-field="metadata.name"]')).toBeInViewport();
});

test("Tab leaves the text", async ({ page, open }) => {
  await open("/check");
  const box = page.getByLabel("Paste YAML or JSON");
  await box.focus();
  await page.keyboard.press("Tab");
  await expect(box).not.toBeFocused();
  await expect(box).toHaveValue("");
});

test.describe("with a script", () => {
  test.skip(({ javaScriptEnabled }) => javaScriptEnabled === false, "what is typed is checked at once");

  test("answers and marks follow what is typed", async ({ page, open }) => {
    await open("/check");
    const box = page.getByLabel("Paste YAML or JSON");
    await box.pressSequentially("kind: Pod\napiVersion: v1\n");
    await expect(page.locator(".checked > [data-verdict]")).toContainText("refuses this manifest");
    await box.fill(TEXT);
    await expect(page.locator("#marks mark").first()).toHaveText("Blog");
    await expect(page.locator("#numbers")).toHaveText(/10\n11\n$/);
    const aligned = async () => {
      const [number, mark] = [await page.locator("#line-5").boundingBox(), await page.locator("#marks > .line").first().boundingBox()];
      return number?.y === mark?.y;
    };
    expect(await aligned()).toBe(true);
    await page.locator('.findings > [data-field="metadata.name"]').getByRole("link", { name: "line 5, column 9" }).click();
    await expect(box).toBeFocused();
    await page.keyboard.press("Shift+End");
    await page.keyboard.type("site");
    await expect(box).toHaveValue(TEXT.replace("Blog", "site"));
    await expect(page.locator(".checked > [data-verdict]")).toHaveText("Kubernetes 1.35 accepts this manifest, with 1 warning.");
    await undone(page, box, TEXT);
  });

  test("the box is as large as its text, and its letters stand on its marks", async ({ page, open }) => {
    await open("/check");
    const box = page.getByLabel("Paste YAML or JSON");
    await box.fill(TEXT.replace("Blog", `Blog # ${"long ".repeat(80)}`).concat("# line\n".repeat(80)));
    await expect(page.locator("#numbers")).toHaveText(/90\n91\n$/);
    const overflow = await box.evaluate((box) => [box.scrollHeight - box.clientHeight, box.scrollWidth - box.clientWidth]);
    expect(overflow).toEqual([0, 0]);
    const view = page.locator(".text-view");
    expect(await view.evaluate((view) => view.scrollHeight > view.clientHeight && view.scrollWidth > view.clientWidth)).toBe(true);
    const [text, marks] = [await box.boundingBox(), await page.locator("#marks").boundingBox()];
    expect([marks?.x, marks?.y]).toEqual([text?.x, text?.y]);
  });

  test("a text with findings in several documents is accessible", async ({ page, open }) => {
    await open("/check");
    await page.getByLabel("Paste YAML or JSON").fill(`${DOES_NOT_START}---\n${TEXT}`);
    await expect(page.locator(".checked")).toHaveCount(2);
    await expectAccessible(page);
  });
});

test("the headline, the light and the line at the end of the window agree about a slip in apiVersion", async ({ page, open }) => {
  await open("/check");
  await page.getByLabel("Paste YAML or JSON").fill("apiVersion: v2\nkind: Pod\n");
  await page.getByRole("button", { name: "Check", exact: true }).click();
  await expect(page.locator(".checked > [data-verdict]")).toHaveText("kubectl refuses this manifest: 1 error.");
  await expect(page.locator('.lights [data-stage="admitted"]')).toContainText("Not admitted");
  await expect(page.locator("#peek")).toHaveText("kubectl refuses this manifest: 1 error.");
});
