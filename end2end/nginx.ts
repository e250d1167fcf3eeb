// nginx in front of the server under test. PODWEAVE_NGINX names the program.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What the example leaves to whoever installs it: where nginx listens, and where Podweave does. */
const LISTEN = "listen 80;";
const UPSTREAM = "http://127.0.0.1:3000;";

/** A site that passes everything on and leaves every limit as nginx has it. */
const DEFAULT_SITE = `server { ${LISTEN} location / { proxy_pass ${UPSTREAM} proxy_set_header Host $http_host; } }`;

export interface Sites {
  /** The example of the documentation. */
  documented: string;
  /** nginx without a setting that is not needed. */
  default: string;
}

/** Nginx as one process, which ends with `stop`. */
export class Nginx {
  private constructor(
    private readonly folder: string,
    private readonly process: ChildProcess,
    /** Where the sites are served. */
    readonly sites: Sites,
  ) {}

  static async start(upstream: string): Promise<Nginx> {
    const folder = mkdtempSync(join(tmpdir(), "podweave-nginx-"));
    const example = readFileSync(new URL("../docs/nginx.conf", import.meta.url), "utf8");
    const [documented, plain] = [await freePort(), await freePort()];
    writeFileSync(join(folder, "nginx.conf"), configuration([site(example, documented, upstream), site(DEFAULT_SITE, plain, upstream)]));
    const program = process.env.PODWEAVE_NGINX ?? "/usr/sbin/nginx";
    const child = spawn(program, ["-p", folder, "-c", "nginx.conf", "-e", "stderr"], { stdio: ["ignore", "inherit", "inherit"] });
    const nginx = new Nginx(folder, child, { documented: `http://127.0.0.1:${documented}`, default: `http://127.0.0.1:${plain}` });
    process.once("exit", () => child.kill("SIGKILL"));
    await answers(nginx.sites.documented, child);
    return nginx;
  }

  async stop(): Promise<void> {
    if (this.process.exitCode === null && this.process.kill()) await once(this.process, "exit");
    rmSync(this.folder, { recursive: true });
  }
}

/** Everything that nginx writes stays in its folder, and no process but its first is needed. */
function configuration(sites: string[]): string {
  const folders = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${name};`);
  return `daemon off; master_process off; pid nginx.pid;
    events {}
    http { access_log off; ${folders.join(" ")} ${sites.join("\n")} }`;
}

function site(text: string, port: number, upstream: string): string {
  for (const setting of [LISTEN, UPSTREAM]) {
    if (text.split(setting).length !== 2) throw new Error(`"${setting}" must stand in the site once:\n${text}`);
  }
  return text.replace(LISTEN, `listen 127.0.0.1:${port};`).replace(UPSTREAM, `${upstream};`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}

async function answers(url: string, child: ChildProcess): Promise<void> {
  const failed = new Promise<never>((_, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`nginx ended with ${code}`)));
  });
  failed.catch(() => {});
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const pause = new Promise((resolve) => setTimeout(resolve, 100));
    const answer = fetch(`${url}/healthz`).then((response) => response.ok, () => false);
    if (await Promise.race([answer, failed])) return;
    await Promise.race([pause, failed]);
  }
  throw new Error("nginx does not answer");
}
