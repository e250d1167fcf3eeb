// How Chromium is started, for the tests and for what measures.

export const CHROMIUM = {
  executablePath: process.env.PODWEAVE_CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};
