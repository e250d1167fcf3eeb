"""Loads Podweave on loopback, bounded in count and time, and prints a row for each kind of load.

    load.py BINARY

A row says what was answered, how long /healthz had to wait at most, the peak of the server's memory, and its processor time for
each answer. The exit status is 1 if a row falls short. Standard library only, and haproxy for the last rows.
"""

import asyncio
import collections
import contextlib
import multiprocessing
import os
import pathlib
import re
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

MAX_HEALTH = 0.5  # seconds; the clients take the same processors
MAX_MEMORY = 256  # MiB
ADDRESS_SPACE = 1_500_000_000
DESCRIPTORS = 1024
END = 10  # seconds from the signal to stop

WELL = b"GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
MANIFEST = b"kind: Pod\napiVersion: v1\nmetadata: {name: a}\nspec: {containers: [{name: a, image: b}]}\n"


class Failure(Exception):
    """A row that falls short, and why."""


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def ask(port, request=WELL, within=10):
    """The status of the answer, 0 without one."""
    try:
        with socket.create_connection(("127.0.0.1", port), within) as client:
            client.sendall(request)
            answer = b""
            while part := client.recv(1 << 16):
                answer += part
        return int(answer.split(b" ", 2)[1])
    except (OSError, IndexError, ValueError):
        return 0


def watch(port, worst, stopped):
    """Notes the longest wait for /healthz; a process of its own, so that the clients do not hold it up."""
    while not stopped.is_set():
        start = time.monotonic()
        answered = ask(port) == 200
        worst.value = max(worst.value, time.monotonic() - start if answered else 60)
        stopped.wait(0.05)


class Server:
    """A server process with limits of its own."""

    def __init__(self, binary, *options):
        def limits():
            resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
            resource.setrlimit(resource.RLIMIT_NOFILE, (DESCRIPTORS, DESCRIPTORS))

        self.port = free_port()
        command = [binary, "serve", "--addr", f"127.0.0.1:{self.port}", "--log", "error", *options]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=limits)
        while ask(self.port, within=1) != 200:
            if self.process.poll() is not None:
                raise SystemExit("the server does not start")
            time.sleep(0.02)

    def memory(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status")
        return int(re.search(r"VmHWM:\s+(\d+)", status.read_text())[1]) // 1024 if self.process.poll() is None else 0

    def processor_time(self):
        if self.process.poll() is not None:
            return 0
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def end(self, number=signal.SIGTERM, within=END):
        """Seconds until the process has ended."""
        start = time.monotonic()
        self.process.send_signal(number)
        try:
            self.process.wait(within)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise Failure(f"still running after {within} s") from None
        return time.monotonic() - start


async def answer_of(reader):
    """Reads one answer: its status, its body, and whether the connection goes on."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    length = re.search(r"content-length: (\d+)", head, re.I)
    body = await reader.readexactly(int(length[1]) if length else 0)
    return int(head.split(" ", 2)[1]), body, "connection: close" not in head.lower()


async def client(port, requests, answers, until=None):
    """Sends requests one after the other on as few connections as it gets, and counts the statuses. A connection that ends
    while nothing has been answered yet is opened anew, as browsers do; one that ends within an answer counts as `cut`."""
    writer, kept = None, False
    for request in requests:
        if until and until():
            break
        for _ in range(3):
            try:
                if not kept:
                    reader, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.write(request)
                status, _, kept = await answer_of(reader)
                answers[status] += 1
                break
            except asyncio.IncompleteReadError as error:
                kept = False
                if error.partial:
                    answers["cut"] += 1
                    break
            except OSError:
                kept = False
        else:
            answers["refused"] += 1
    if writer:
        writer.close()


def get(path):
    return f"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n".encode()


def post(path, text):
    body = b"--X\r\nContent-Disposition: form-data; name=\"manifest\"\r\n\r\n" + text + b"\r\n--X--\r\n"
    head = f"POST {path} HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=X\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def links(port):
    """The links of the start page."""
    with socket.create_connection(("127.0.0.1", port), 10) as client:
        client.sendall(b"GET / HTTP/1.0\r\n\r\n")
        page = b""
        while part := client.recv(1 << 16):
            page += part
    return re.findall(r'href="(/p/[\w-]+)"', page.decode(errors="replace"))


def visit(port):
    """What somebody in the hall does: opens the link, gets the file, checks it."""
    link = links(port)[0]
    return [get(link), get("/assets/x/favicon.svg"), get(f"{link}.yaml"), get(f"{link}.svg"), post("/check", MANIFEST)]


async def crowd(port, count, requests, until=None):
    answers = collections.Counter()
    await asyncio.gather(*(client(port, requests, answers, until) for _ in range(count)))
    return answers


def only(answers, *statuses):
    """Fails if anything else was answered."""
    if unexpected := {answer: count for answer, count in answers.items() if answer not in statuses}:
        raise Failure(f"answered {unexpected}")
    return " ".join(f"{count} x {answer}" for answer, count in sorted(answers.items()))


def full_hall(server):
    return only(asyncio.run(crowd(server.port, 500, visit(server.port))), 200, 404)


def overload(server):
    """More than there are processors for, for some seconds: whoever is not served hears so."""
    end = time.monotonic() + 5
    requests = [get("/")] * 10_000
    return only(asyncio.run(crowd(server.port, 200, requests, lambda: time.monotonic() > end)), 200, 503)


def held(server, count, data, receive_buffer=None):
    """Connections on which `data` was sent and nothing is read."""
    for _ in range(count):
        with contextlib.suppress(OSError):
            connection = socket.socket()
            connection.settimeout(2)
            if receive_buffer:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
            connection.connect(("127.0.0.1", server.port))
            connection.sendall(data)
            yield connection


def ordinary(server):
    return only(asyncio.run(crowd(server.port, 10, visit(server.port) * 5)), 200, 404)


def idle_connections(server):
    kept = list(held(server, 1100, b""))
    return f"{len(kept)} held, {ordinary(server)}"


def half_requests(server):
    kept = list(held(server, 500, b"GET / HTTP/1.1\r\nHost: a\r\nX: "))
    kept += held(server, 500, b"POST /check HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\nx")
    said = ordinary(server)
    return f"{len(kept)} held, {said}, ended after {server.end():.1f} s"


def slow_readers(server):
    containers = "".join(f"\n- {{name: c{number}, image: b, args: [{'x, ' * 500}]}}" for number in range(50))
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
        file.write(f"kind: Pod\napiVersion: v1\nmetadata: {{name: a}}\nspec:\n  containers:{containers.replace(chr(10), chr(10) + '  ')}\n")
        file.flush()
        link = subprocess.run([server.process.args[0], "link", file.name], capture_output=True, text=True, check=True).stdout
    request = get("/p/" + link.strip().rsplit("/", 1)[1])
    kept = list(held(server, 100, request * 5, receive_buffer=4096))
    said = ordinary(server)
    deadline = time.monotonic() + 35
    while (left := len(os.listdir(f"/proc/{server.process.pid}/fd"))) > 40 and time.monotonic() < deadline:
        time.sleep(0.5)
    if left > 40:
        raise Failure(f"{left} descriptors are still open")
    return f"{len(kept)} held and cut, {said}"


def slow_senders(server):
    """Bodies that arrive byte by byte."""
    kept = list(held(server, 300, b"POST /check HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n"))
    end, said = time.monotonic() + 5, ""
    while time.monotonic() < end:
        for connection in kept:
            with contextlib.suppress(OSError):
                connection.send(b"x")
        said = ordinary(server)
    return f"{len(kept)} held, {said}"


def stop_under_load(server):
    """What was asked before the end is answered."""

    async def run():
        ended = []
        requests = visit(server.port) * 1000
        clients = asyncio.create_task(crowd(server.port, 100, requests, lambda: bool(ended)))
        await asyncio.sleep(2)
        ended.append(True)
        took = await asyncio.to_thread(server.end)
        return await clients, took

    answers, took = asyncio.run(run())
    if server.process.returncode != 0:
        raise Failure(f"exit status {server.process.returncode}")
    return f"{only(answers, 200, 404)}, ended after {took:.1f} s"


HAPROXY = """
global
  maxconn 1000
defaults
  mode http
  timeout connect 1s
  timeout client 10s
  timeout server 10s
  timeout check 1s
  retries 3
  option redispatch
  retry-on conn-failure empty-response
  option httpchk GET /readyz
frontend all
  bind 127.0.0.1:{port}
  default_backend servers
backend servers
  balance roundrobin
  default-server check inter 200ms fall 2 rise 1{protocol}
{servers}
"""


@contextlib.contextmanager
def proxied(servers, protocol=""):
    port = free_port()
    lines = "\n".join(f"  server s{number} 127.0.0.1:{server.port}" for number, server in enumerate(servers))
    with tempfile.NamedTemporaryFile("w", suffix=".cfg") as file:
        file.write(HAPROXY.format(port=port, servers=lines, protocol=protocol))
        file.flush()
        proxy = subprocess.Popen([shutil.which("haproxy") or "/usr/sbin/haproxy", "-db", "-f", file.name], stderr=subprocess.DEVNULL)
        try:
            deadline = time.monotonic() + 10
            while ask(port) != 200:
                if time.monotonic() > deadline:
                    raise Failure("haproxy does not answer")
                time.sleep(0.05)
            yield port
        finally:
            proxy.terminate()
            proxy.wait()


def one_of_two(server, number, protocol=""):
    """Two servers behind haproxy, of which one ends in the middle: nobody notices."""
    other = Server(server.process.args[0], "--shutdown-delay", "2")
    try:
        with proxied([server, other], protocol) as port:

            async def run():
                end = time.monotonic() + 6
                link = links(port)[0]
                requests = [get(link), get(f"{link}.yaml")] * 10_000
                clients = asyncio.create_task(crowd(port, 20, requests, lambda: time.monotonic() > end))
                await asyncio.sleep(2)
                await asyncio.to_thread(other.end, number)
                return await clients

            return only(asyncio.run(run()), 200)
    finally:
        if other.process.poll() is None:
            other.process.kill()
            other.process.wait()


def proxy_one_stopped(server):
    return one_of_two(server, signal.SIGTERM)


def proxy_one_killed(server):
    return one_of_two(server, signal.SIGKILL)


def proxy_http_2(server):
    return one_of_two(server, signal.SIGTERM, " proto h2")


ROWS = [
    full_hall,
    overload,
    idle_connections,
    half_requests,
    slow_readers,
    slow_senders,
    stop_under_load,
    proxy_one_stopped,
    proxy_one_killed,
    proxy_http_2,
]
ENDS = [half_requests, stop_under_load]


def run(binary, row):
    """Prints how the server stands one kind of load, and answers whether it does."""
    server = Server(binary)
    worst, stopped = multiprocessing.Value("d", 0), multiprocessing.Event()
    watcher = multiprocessing.Process(target=watch, args=(server.port, worst, stopped), daemon=True)
    if row not in ENDS:
        watcher.start()
    start, failure, said = server.processor_time(), "", ""
    try:
        said = row(server)
        memory, spent = server.memory(), server.processor_time() - start
        if worst.value > MAX_HEALTH:
            failure = f"/healthz waited {worst.value:.2f} s"
        elif memory > MAX_MEMORY:
            failure = f"{memory} MiB"
        measured = f"health {worst.value * 1000:4.0f} ms  peak {memory:4} MiB  cpu {spent:5.2f} s" if row not in ENDS else ""
    except Failure as error:
        failure, measured = str(error), ""
    finally:
        if watcher.is_alive():
            stopped.set()
            watcher.join()
        if server.process.poll() is None:
            server.process.kill()
            server.process.wait()
    print(f"{'FALLS SHORT' if failure else 'holds':11}  {row.__name__:18}  {measured:45}  {failure or said}", flush=True)
    return not failure


def main():
    binary, names = os.path.abspath(sys.argv[1]), sys.argv[2:]
    resource.setrlimit(resource.RLIMIT_NOFILE, (4096, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    held_up = [row.__name__ for row in ROWS if (not names or row.__name__ in names) and not run(binary, row)]
    sys.exit(f"{len(held_up)} of {len(ROWS)} fall short" if held_up else 0)


if __name__ == "__main__":
    main()
