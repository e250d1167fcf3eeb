// Going on with a manifest that there is: pasted, chosen as a file, or dropped.

import { expect, test } from "../fixtures";

test.skip(({ isMobile }) => isMobile, "the same on a phone");

const DEPLOYMENT = JSON.stringify({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "site" },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: "site" } },
    template: { metadata: { labels: { app: "site" } }, spec: { containers: [{ name: "web", image: "nginx:1.29-alpine" }] } },
  },
});

const THREE = `kind: Service
metadata: {name: front} # stays
---
${DEPLOYMENT}
---
kind: Pod
metadata: {name: tail}
`;

test("a Deployment as JSON opens with the containers of its Pods", async ({ page, editor }) => {
  await editor.openManifest(DEPLOYMENT);
  await expect(page.getByRole("heading", { level: 1, name: "Deployment" })).toBeVisible();
  await editor.fill("spec.template.spec.containers[0].image", "nginx:1.28-alpine");
  await editor.expectManifest(DEPLOYMENT.replace("nginx:1.29-alpine", "nginx:1.28-alpine"));
  await editor.press("Add volume");
  await editor.press("Share shared-data with web");
  await editor.expectManifest('"volumeMounts":[{"name":"shared-data","mountPath":"/usr/share/nginx/html"}]');
});

test("a file opens", async ({ page, editor, open }) => {
  await open("/");
  const buffer = Buffer.from("# a comment\nkind: Pod\nmetadata:\n  name: from-file\n");
  await page.getByLabel("or a file").setInputFiles({ name: "pod.yaml", mimeType: "application/yaml", buffer });
  if (editor.isLive) await expect(page.getByText("pod.yaml is in the box above.")).toBeVisible();
  await page.getByRole("button", { name: "Open manifest" }).click();
  await editor.opened();
  await editor.expectManifest("# a comment", "kind: Pod", "metadata:", "  name: from-file");
});

test("line breaks are those of the file, or of the box", async ({ page, editor, open, request }) => {
  const manifest = async () => await (await request.get(`${new URL(page.url()).pathname}.yaml`)).text();
  await editor.openManifest("kind: Pod\nmetadata:\n  name: pasted\n");
  expect(await manifest()).toBe("kind: Pod\nmetadata:\n  name: pasted\n");
  await open("/");
  const buffer = Buffer.from("kind: Pod\r\nmetadata:\r\n  name: windows\r\n");
  await page.getByLabel("or a file").setInputFiles({ name: "pod.yaml", mimeType: "application/yaml", buffer });
  if (editor.isLive) await expect(page.getByText("pod.yaml is in the box above.")).toBeVisible();
  await page.getByRole("button", { name: "Open manifest" }).click();
  await editor.opened();
  expect(await manifest()).toBe(buffer.toString());
});

test("a dropped file is in the box", async ({ page, editor, open }) => {
  test.skip(!editor.isLive, "without JavaScript a browser takes files by its own button only");
  await open("/");
  const transfer = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(["kind: Pod\nmetadata: {name: dropped}\n"], "dropped.yaml"));
    return data;
  });
  await page.getByRole("heading", { level: 1 }).dispatchEvent("drop", { dataTransfer: transfer });
  await expect(page.getByText("dropped.yaml is in the box above.")).toBeVisible();
  await expect(page.getByLabel("Paste YAML or JSON")).toHaveValue("kind: Pod\nmetadata: {name: dropped}\n");
  await page.getByRole("button", { name: "Open manifest" }).click();
  await editor.opened();
  await editor.expectManifest("metadata: {name: dropped}");
});

test("of several documents one is chosen, and all stay", async ({ page, editor, open }) => {
  await open("/");
  await page.getByLabel("Paste YAML or JSON").fill(THREE);
  await page.getByRole("button", { name: "Open manifest" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This text holds 3 documents");
  await expect(page.getByText("the kind Service has no Pod template")).toBeVisible();
  await page.getByRole("button", { name: "Pod tail" }).click();
  await editor.opened();
  await editor.fill("metadata.name", "end");
  await editor.expectManifest(THREE.replace("name: tail", "name: end"));

  const documents = page.getByRole("navigation", { name: "Documents of this text" });
  await expect(documents.getByRole("button", { name: "Pod end" })).toHaveAttribute("aria-current", "page");
  await documents.getByRole("button", { name: "Deployment site" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Deployment" })).toBeVisible();
  await editor.opened();
  await editor.fill("spec.template.spec.containers[0].image", "nginx:1.28-alpine");
  await editor.expectManifest(THREE.replace("name: tail", "name: end").replace("1.29", "1.28"));
});

test("of several documents the only one with a form opens", async ({ page, editor }) => {
  await editor.openManifest("kind: Service # in front\n---\nkind: Pod\nmetadata:\n  name: only # one\n");
  await editor.fill("metadata.name", "single");
  await editor.expectManifest("kind: Service # in front", "---", "kind: Pod", "metadata:", "  name: single # one");
  await expect(page.getByRole("navigation", { name: "Documents of this text" })).toBeVisible();
});

test("what was typed is shown as it was typed", async ({ editor }) => {
  await editor.openManifest("kind: Pod\nspec:\n  containers:\n    - name: app\n      env:\n        - name: DEBUG\n          value: NO # off\n");
  await expect(editor.input("spec.containers[0].env[0].value")).toHaveValue("NO");
  await editor.expectManifest("          value: NO # off");
  await editor.fill("spec.containers[0].env[0].value", "YES");
  await editor.expectManifest('          value: "YES" # off');
});

test("the page says that nothing is lost", async ({ page, open }) => {
  await open("/");
  await expect(page.getByLabel("Paste YAML or JSON")).toHaveAccessibleDescription(/Comments stay/);
});

test.describe("what cannot be opened", () => {
  test.use({ expectedMessages: [/status of 422/] });

  test("is mended by its button where it is certain what was meant", async ({ page, editor, open }) => {
    await open("/");
    await page.getByLabel("Paste YAML or JSON").fill("kind: Pod\nmetadata:\n\tname: tab\n");
    await page.getByRole("button", { name: "Open manifest" }).click();
    await page.getByRole("button", { name: "Fix: Replace tabs by spaces" }).click();
    await editor.opened();
    await expect(editor.input("metadata.name")).toHaveValue("tab");
  });

  test("stays in the box, with the reason and its place", async ({ page, open }) => {
    await open("/");
    const box = page.getByLabel("Paste YAML or JSON");
    for (const [text, reason] of [
      ["kind: Pod\nmetadata:\n\tname: x\n", /line 3, column 1/],
      ["kind: Service\nmetadata: {name: s}", /line 1, column 7: the kind Service has no Pod template/],
      ["\n  # nothing but this\n", /there is no manifest in this text/],
      ['{"kind": "Pod",}}', /line 1, column \d+/],
    ] as const) {
      await box.fill(text);
      await page.getByRole("button", { name: "Open manifest" }).click();
      await expect(page.getByRole("alert")).toContainText(reason);
      await expect(box).toHaveValue(text);
      await expect(box).toHaveAttribute("aria-invalid", "true");
    }
  });
});
