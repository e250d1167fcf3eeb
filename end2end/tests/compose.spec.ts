// The form: every list, and what is chosen rather than typed.

import { readFileSync } from "node:fs";

import { expect, test } from "../fixtures";

const TWO_CONTAINERS = `kind: Pod
metadata:
  name: two
spec:
  containers:
    - name: one
      image: busybox:1.37
    - name: two
      image: nginx:1.29-alpine
`;

test("the first manifest: a preset, edited and downloaded, byte for byte", async ({ page, editor }) => {
  await editor.openPreset("One writes, one serves");
  await editor.fill("spec.containers[1].image", "nginx:1.28-alpine");
  await editor.check("spec.volumes[0].emptyDir.medium");
  await editor.fill("spec.volumes[0].emptyDir.sizeLimit", "64Mi");
  await editor.press("Add container");
  await editor.fill("spec.containers[2].name", "mirror");
  await editor.fill("spec.containers[2].image", "busybox:1.37");
  await editor.press("Share html with mirror");
  await editor.fill("spec.containers[2].volumeMounts[0].mountPath", "/copy");

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download YAML" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("web-content.yaml");
  const downloaded = readFileSync(await download.path(), "utf8");
  expect(downloaded).toBe(readFileSync("expected/web-content.yaml", "utf8"));
  expect(await editor.manifest.textContent()).toBe(downloaded);
});

test("containers are moved, copied and removed, and the focus goes with them", async ({ editor }) => {
  await editor.openManifest(TWO_CONTAINERS);
  await editor.press("Move container two up");
  await editor.expectFocus("spec.containers[0]");
  await editor.expectManifest("  containers:", "    - name: two");
  await editor.press("Duplicate container two");
  await editor.expectFocus("spec.containers[1].name");
  await editor.expectManifest("    - name: two-2", "      image: nginx:1.29-alpine", "    - name: one");
  await editor.press("Remove container two-2");
  await editor.expectFocus("spec.containers[1]");
  await editor.press("Move container two down");
  await editor.press("Remove container one");
  await editor.expectManifest("  containers:", "    - name: two", "      image: nginx:1.29-alpine", "");
});

test("a container becomes a sidecar, an init container, and a container again", async ({ page, editor, isMobile }) => {
  test.skip(isMobile, "the same on a phone");
  await editor.openManifest(TWO_CONTAINERS);
  await editor.select("spec.containers[0]:role", "Native sidecar");
  await editor.expectManifest("  initContainers:", "    - name: one", "      image: busybox:1.37", "      restartPolicy: Always", "  containers:");
  await editor.expectFocus("spec.initContainers[0].name");
  await editor.select("spec.initContainers[0]:role", "Init container");
  await editor.expectManifest("    - name: one", "      image: busybox:1.37", "  containers:");
  await editor.select("spec.initContainers[0]:role", "Container");
  await expect(page.getByRole("heading", { level: 3 })).toHaveText(["two", "one"]);
  await editor.press("Add sidecar");
  await editor.expectFocus("spec.initContainers[0].image");
  await editor.press("Add init container");
  await editor.expectManifest("  initContainers:", "    - name: sidecar", "      restartPolicy: Always", "    - name: init", "  containers:");
});

test("a value comes from text, a ConfigMap, a Secret or a field of the Pod", async ({ editor, isMobile }) => {
  test.skip(isMobile, "the same on a phone");
  await editor.openManifest(TWO_CONTAINERS);
  const env = "spec.containers[0].env";
  await editor.press("Add environment variable", editor.item("one"));
  await editor.expectFocus(`${env}[0].name`);
  await editor.fill(`${env}[0].name`, "LEVEL");
  await editor.fill(`${env}[0].value`, "yes");
  await editor.expectManifest("      env:", "        - name: LEVEL", '          value: "yes"');
  await editor.press("Duplicate variable LEVEL");
  await editor.select(`${env}[1]:source`, "ConfigMap");
  await editor.fill(`${env}[1].valueFrom.configMapKeyRef.name`, "settings");
  await editor.fill(`${env}[1].valueFrom.configMapKeyRef.key`, "level");
  await editor.expectManifest("        - name: LEVEL_2", "          valueFrom:", "            configMapKeyRef:", "              name: settings", "              key: level");
  await editor.select(`${env}[1]:source`, "Secret");
  await editor.fill(`${env}[1].valueFrom.secretKeyRef.name`, "keys");
  await editor.fill(`${env}[1].valueFrom.secretKeyRef.key`, "first");
  await editor.expectManifest("            secretKeyRef:", "              name: keys", "              key: first");
  await editor.select(`${env}[1]:source`, "Pod field");
  await editor.fill(`${env}[1].valueFrom.fieldRef.fieldPath`, "status.podIP");
  await editor.expectManifest("        - name: LEVEL_2", "          valueFrom:", "            fieldRef:", "              fieldPath: status.podIP");
  await editor.press("Move variable LEVEL_2 up");
  await editor.press("Remove variable LEVEL_2");
  await editor.expectManifest("      env:", "        - name: LEVEL", '          value: "yes"', "    - name: two");
});

test("ports, resources, commands, labels and the settings of the Pod", async ({ editor, isMobile }) => {
  test.skip(isMobile, "the same on a phone");
  await editor.openManifest(TWO_CONTAINERS);
  const one = "spec.containers[0]";
  await editor.press("Add port", editor.item("one"));
  await editor.expectFocus(`${one}.ports[0].containerPort`);
  await editor.fill(`${one}.ports[0].containerPort`, "8080");
  await editor.fill(`${one}.ports[0].name`, "http");
  await editor.fill(`${one}.resources.limits[ephemeral-storage]`, "1Gi");
  await editor.fill(`${one}.command`, "sh\n-c\n|\n  echo one\n  echo two");
  await editor.fill(`${one}.args`, "a b\n12:30");
  await editor.fill(`${one}.workingDir`, "/work");
  await editor.select(`${one}.imagePullPolicy`, "IfNotPresent");
  await editor.fill("metadata.labels", "app: two\ntier=front");
  await editor.fill("metadata.annotations", "note: a: b");
  await editor.select("spec.restartPolicy", "Never");
  await editor.fill("spec.terminationGracePeriodSeconds", "5");
  await editor.check("spec.shareProcessNamespace");
  expect(await editor.manifest.textContent()).toBe(`kind: Pod
metadata:
  name: two
  labels:
    app: two
    tier: front
  annotations:
    note: "a: b"
spec:
  restartPolicy: Never
  terminationGracePeriodSeconds: 5
  shareProcessNamespace: true
  containers:
    - name: one
      image: busybox:1.37
      imagePullPolicy: IfNotPresent
      command:
        - sh
        - -c
        - |
          echo one
          echo two
      args:
        - a b
        - "12:30"
      workingDir: /work
      ports:
        - name: http
          containerPort: 8080
      resources:
        limits:
          ephemeral-storage: 1Gi
    - name: two
      image: nginx:1.29-alpine
`);
});

test("volumes are shared, renamed with their mounts, and made from a mount", async ({ page, editor }) => {
  await editor.openManifest(TWO_CONTAINERS);
  await editor.press("Add volume");
  await editor.expectFocus("spec.volumes[0].name");
  await editor.press("Share shared-data with one");
  await editor.expectFocus("spec.containers[0].volumeMounts[0].mountPath");
  await editor.press("Share shared-data with two");
  await expect(editor.input("spec.containers[1].volumeMounts[0].mountPath")).toHaveValue("/usr/share/nginx/html");
  await editor.fill("spec.volumes[0].name", "site");
  await editor.expectManifest("        - name: site", "          mountPath: /usr/share/nginx/html", "  volumes:");
  await editor.check("spec.containers[1].volumeMounts[0].readOnly");
  await editor.fill("spec.containers[1].volumeMounts[0].subPath", "html");
  const table = page.getByRole("region", { name: "Who shares what" });
  await expect(table.getByRole("rowheader")).toHaveText([/one.*busybox:1.37/, /two.*nginx:1.29-alpine/]);
  await expect(table.getByLabel("Mount path")).toHaveCount(2);
  await editor.select("spec.containers[1].volumeMounts[0].name", "A new volume");
  await editor.expectFocus("spec.volumes[1].name");
  await expect(table.getByRole("button", { name: "Share site with two" })).toBeVisible();
  await editor.press("Remove volume site");
  await expect(table.getByLabel("Mount path")).toHaveCount(1);
  await editor.expectManifest("  volumes:", "    - name: shared-data", "      emptyDir: {}", "");
  await editor.press("Remove mount /usr/share/nginx/html");
  await editor.expectFocus("spec.containers[1].volumeMounts");
  await expect(page.getByRole("heading", { name: "Kept as it is" })).toHaveCount(0);
});

test("what the form has no input for stays in the manifest", async ({ page, editor }) => {
  await editor.openPreset("One writes, one serves");
  const kept = page.getByRole("region", { name: "Kept as it is" });
  await expect(kept.getByRole("group")).toHaveCount(1);
  await kept.getByText("spec.containers[1].readinessProbe").click();
  await expect(kept.locator("pre")).toContainText("periodSeconds: 5");
  await editor.press("Move container web up");
  await editor.expectManifest("      readinessProbe:", "        httpGet:", "          path: /", "          port: http", "        periodSeconds: 5", "    - name: writer");
});

test("a box beside a volume that is always read-only says that it decides nothing", async ({ page, editor }) => {
  await editor.openManifest(
    `${TWO_CONTAINERS}      volumeMounts:\n        - name: map\n          mountPath: /map\n  volumes:\n    - name: map\n      configMap:\n        name: map\n`,
  );
  const box = editor.input("spec.containers[1].volumeMounts[0].readOnly");
  await expect(page.locator(".sharing .mount").getByText("This volume is always read-only")).toBeVisible();
  await expect(box).toHaveAccessibleDescription(/always read-only/);
  await editor.expectManifest("          mountPath: /map", "  volumes:");
});
