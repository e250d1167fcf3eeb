"""Counts on loopback how many answers a server gives in a second, beside the page that a new leptos project begins with.

    throughput.py BINARY STARTER

Prints a row for each kind of answer: how many in a second of wall time, and how much processor time of the server one costs, which is
what to compare on a shared machine. Needs wrk, which runs for three seconds for each row.
"""

import contextlib
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import urllib.request

import load

SECONDS = 3
CONNECTIONS = 32
# A different address for each request, so that no answer is kept.
ANEW = """local number = 0
request = function()
  number = number + 1
  return wrk.format("GET", wrk.path .. "?what=" .. number)
end
"""


@contextlib.contextmanager
def running(*command):
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def processor_time(process):
    threads = pathlib.Path(f"/proc/{process.pid}/task").glob("*/schedstat")
    return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e9


def row(name, process, url, *options):
    before = processor_time(process)
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", *options, url]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    requests, seconds = re.search(r"(\d+) requests in ([\d.]+)s", told).groups()
    if "Non-2xx" in told and "304" not in name:
        sys.exit(f"{name}: not all answers are well")
    cost = (processor_time(process) - before) / int(requests) * 1e6
    print(f"{name:50} {int(requests) / float(seconds):10,.0f}/s {cost:8,.0f} us", flush=True)


def tag_of(url):
    with urllib.request.urlopen(urllib.request.Request(url, headers={"Accept-Encoding": "br"})) as answer:
        return answer.headers["ETag"]


def wait_for(url):
    for _ in range(200):
        with contextlib.suppress(OSError):
            return urllib.request.urlopen(url).read()
        time.sleep(0.05)
    return sys.exit(f"{url} does not answer")


def measure(binary, starter, anew):
    ours, theirs = (f"127.0.0.1:{load.free_port()}" for _ in range(2))
    with running(binary, "serve", "--addr", ours, "--log", "error") as server, running(starter, theirs) as other:
        wait_for(f"http://{theirs}/")
        wait_for(f"http://{ours}/healthz")
        editor = f"http://{ours}{load.links(int(ours.rsplit(':', 1)[1]))[0]}"
        brotli = ["-H", "Accept-Encoding: br"]
        row("leptos' starter page", other, f"http://{theirs}/")
        row("/healthz", server, f"http://{ours}/healthz")
        row("the start page, kept", server, f"http://{ours}/")
        row("an editor, kept", server, editor)
        row("an editor, kept, brotli", server, editor, *brotli)
        row("an editor, 304", server, editor, *brotli, "-H", f"If-None-Match: {tag_of(editor)}")
        row("an editor, drawn anew", server, editor, "-s", anew)
        row("an editor, drawn anew, brotli", server, editor, *brotli, "-s", anew)
        row("its .yaml, a different address each time", server, f"{editor}.yaml", "-s", anew)


def main():
    binary, starter = sys.argv[1:]
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(ANEW)
        script.flush()
        measure(binary, starter, script.name)


if __name__ == "__main__":
    main()
