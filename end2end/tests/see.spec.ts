// Beside the form: the YAML, and what Kubernetes answers to it.

import { expect, test } from "../fixtures";

const BROKEN = `apiVersion: v1
kind: Pod
metadata:
  name: ""
spec:
  containers:
    - name: web
      volumeMounts:
        - name: missing
          mountPath: /data
`;

test("a finding leads to its input, and marks its line", async ({ page, editor }) => {
  await editor.openManifest(BROKEN);
  await expect(page.locator("#verdict")).toHaveAttribute("data-verdict", "refused");
  const image = editor.finding("spec.containers[0].image");
  await expect(image).toContainText("Required value");
  await expect(image).toHaveAttribute("data-severity", "error");
  await expect(editor.finding("metadata.name")).toContainText("Required value");
  const mount = editor.finding("spec.containers[0].volumeMounts[0].name");
  await expect(mount).toContainText('Not found: "missing"');

  await image.getByRole("link").first().click();
  await editor.expectFocus("spec.containers[0].image");
  await expect(editor.input("spec.containers[0].image")).toHaveAttribute("aria-invalid", "true");
  await expect(editor.input("spec.containers[0].image")).toHaveAccessibleDescription(/Required value/);
  await mount.getByRole("link").first().click();
  await editor.expectFocus("spec.containers[0].volumeMounts[0].name");
  const marked = editor.manifest.locator('[data-field="spec.containers[0].volumeMounts[0].name"]');
  await expect(marked).toHaveAttribute("data-severity", "error");
  await expect(marked).toHaveText("- name: missing");

  await editor.fill("spec.containers[0].image", "nginx:1.29-alpine");
  await expect(image).toHaveCount(0);
  await expect(editor.input("spec.containers[0].image")).not.toHaveAttribute("aria-invalid");
  await editor.fill("metadata.name", "repaired");
  await editor.select("spec.containers[0].volumeMounts[0].name", "A new volume");
  await expect(editor.findings).toHaveCount(0);
  await expect(page.locator("#verdict")).toHaveAttribute("data-verdict", "accepted");
});

test("a half-typed number stays as typed and is reported", async ({ editor }) => {
  await editor.openPreset("One writes, one serves");
  await editor.fill("spec.containers[1].ports[0].containerPort", "80a");
  await expect(editor.input("spec.containers[1].ports[0].containerPort")).toHaveValue("80a");
  await expect(editor.finding("spec.containers[1].ports[0].containerPort")).toHaveAttribute("data-severity", "error");
  await editor.fill("spec.containers[1].ports[0].containerPort", "8080");
  await expect(editor.findings).toHaveCount(0);
});

test.describe("a form that cannot be applied", () => {
  test.use({ expectedMessages: [/status of 422/] });

  test("is refused, and what was typed stays in it", async ({ page, editor }) => {
    await editor.openPreset("One writes, one serves");
    await editor.reveal(editor.input("metadata.labels"));
    await editor.input("metadata.labels").fill("app: a\napp: b");
    await page.getByRole("button", { name: "Remove container writer" }).click();
    await editor.expectAnswered();
    await expect(page.getByRole("alert")).toContainText("the key app stands there twice");
    await expect(editor.input("metadata.labels")).toHaveValue("app: a\napp: b");
    await editor.reveal(editor.input("metadata.labels"));
    await editor.fill("metadata.labels", "app: a");
    await editor.expectManifest("  labels:", "    app: a", "spec:", "  containers:", "    - name: writer", "      image: alpine:3.22");
  });
});
