// What Kubernetes answers to a text as it stands, with the places marked in it.

import { expect, test } from "../fixtures";

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

test("a text is checked, mended, and opened", async ({ page, editor, open }) => {
  await open("/");
  await page.getByLabel("Paste YAML or JSON").fill(TEXT);
  await page.getByRole("button", { name: "Only check it" }).click();
  await expect(page.getByText("Kubernetes 1.35 refuses this manifest: 1 error.")).toBeVisible();
  await expect(page.getByText("line 5, column 9")).toBeVisible();
  await page.getByRole("link", { name: /metadata.name: Invalid value/ }).click();
  await expect(page.locator("#line-5")).toBeInViewport();
  await expect(page.locator("#line-5 mark")).toHaveText("Blog");

  const box = page.getByLabel("Paste YAML or JSON");
  await expect(box).toHaveValue(TEXT);
  await box.fill(TEXT.replace("Blog", "blog"));
  await page.getByRole("button", { name: "Check again" }).click();
  await expect(page.getByText("Kubernetes 1.35 accepts this manifest, with 1 warning.")).toBeVisible();
  await expect(page.locator("#line-10 mark")).toHaveText("{containerPort: 80}");

  await page.getByRole("button", { name: "Open manifest" }).click();
  await editor.opened();
  await editor.expectManifest("kind: Pod", "metadata:", "  name: blog");
});
