"""What the scripts here share: simweb, a wswpd in a directory of its own, and what its processes cost."""

import contextlib
import ctypes
import http.client
import json
import os
import pathlib
import resource
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time

PROJECT = pathlib.Path(__file__).resolve().parent.parent
BIN = PROJECT / "build/release/bin"
NO_LINK = "/no-page-of-simweb/"  # so that all links are resolved and filtered, and none is followed
TICK = os.sysconf("SC_CLK_TCK")
LIBC = ctypes.CDLL(None)
PR_SET_PDEATHSIG = 1


def program(directory, name):
    """Its path; without it, says how to get it and ends."""
    if not (directory / name).exists():
        raise SystemExit(f"there is no {directory / name}: build it (cmake --preset release && cmake --build "
                         "build/release), or say with --bin where the programs are")
    return directory / name


def die_with_parent():
    """For a child, between fork and exec."""
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@contextlib.contextmanager
def running(command, **options):
    """The process of the command, which is ended with the block, or with the thread that enters it."""
    with subprocess.Popen(list(map(str, command)), preexec_fn=die_with_parent, **options) as process:
        try:
            yield process
        finally:
            process.terminate()


@contextlib.contextmanager
def simweb(directory, *arguments, profile="clean"):
    """The addresses of its servers, "http" and "dns", and its "pid"; it runs while the block does."""
    command = [program(directory, "wswp-simweb"), "--profile", profile, *arguments]
    with running(command, stdout=subprocess.PIPE, text=True) as process:
        ready = dict(field.split("=") for field in process.stdout.readline().split() if "=" in field)
        if "http" not in ready:
            raise SystemExit(f"simweb does not start: {' '.join(map(str, command))}")
        yield ready | {"pid": process.pid}


def site_page():
    """An HTML page as simweb's: 18,000 bytes with 60 links, in 731 tags."""
    sections = [f'<div class="item"><h2>Section {i}</h2><p class="text">Some <b>bold</b> words and <i>others</i>'
                f'{" and more" * 11}</p><a class="more" href="/section/{i}/page-{7 * i}.html" title="go on">Read on</a>'
                "</div>\n" for i in range(60)]
    head = ('<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>A page of a site</title>'
            '<link rel="stylesheet" href="/style.css"></head><body>')
    end = "</body></html>"
    page = head + "".join(sections)
    return page.ljust(18_000 - len(end)) + end


def free_port():
    with socket.socket() as any_socket:
        any_socket.bind(("127.0.0.1", 0))
        return any_socket.getsockname()[1]


@contextlib.contextmanager
def nginx():
    """The address of an nginx of one worker process, which answers / and /robots.txt of any name while the block runs."""
    program_path = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
    if not program_path:
        raise SystemExit("there is no nginx: apt-get install nginx-light")
    with tempfile.TemporaryDirectory(prefix="wswp-bench-") as directory:
        pathlib.Path(directory, "index.html").write_text(site_page())
        pathlib.Path(directory, "robots.txt").write_text("User-agent: *\nDisallow: /private/\n")
        address = f"127.0.0.1:{free_port()}"
        temporary = "".join(f"{kind}_temp_path {directory}/{kind}; "
                            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        files = 40_000 if hard == resource.RLIM_INFINITY else min(hard, 40_000)
        config = pathlib.Path(directory, "nginx.conf")
        config.write_text(
            ("user root; " if os.geteuid() == 0 else "")  # else its worker could not read the directory
            + f"daemon off; worker_processes 1; worker_rlimit_nofile {files}; pid {directory}/pid; error_log stderr crit; "
            "events { worker_connections 20000; } "
            f"http {{ access_log off; open_file_cache max=100; types {{ text/html html; text/plain txt; }} {temporary}"
            f"server {{ listen {address} backlog=4096; root {directory}; }} }}\n")
        with running([program_path, "-e", "stderr", "-c", config]) as server:
            await_http(address, server)
            yield address


def await_http(address, server, seconds=10):
    """Returns when the server has given its home page."""
    deadline = time.monotonic() + seconds
    while True:
        connection = http.client.HTTPConnection(address, timeout=1)
        try:
            connection.request("GET", "/")
            if connection.getresponse().status == 200 and server.poll() is None:
                return
        except (OSError, http.client.HTTPException):
            pass
        finally:
            connection.close()
        if server.poll() is not None or time.monotonic() > deadline:
            raise SystemExit(f"the server on {address} does not give its home page")
        time.sleep(0.05)


@contextlib.contextmanager
def web_server(wanted, programs):
    """The address of what is crawled while the block runs: "nginx" starts one, None a simweb; else it is `wanted`."""
    if wanted == "nginx":
        with nginx() as address:
            yield address
    elif wanted:
        yield wanted
    else:
        with simweb(programs) as ready:
            yield ready["http"]


def write_names(file, count):
    """Host names of simweb, one a line."""
    file.writelines(f"site{number}.test\n" for number in range(1, count + 1))
    file.flush()


def run_floor(directory, names, address, transfers):
    """A dictionary of what bench_floor prints."""
    command = [program(directory, "bench_floor"), "--list", names, "--connect-to", address, "--transfers", transfers]
    floor = subprocess.run(list(map(str, command)), capture_output=True, text=True)
    if floor.returncode != 0:
        raise SystemExit(f"bench_floor has not fetched every page from {address}: {floor.stdout}{floor.stderr}")
    return {key: float(value) for key, value in (field.split("=") for field in floor.stdout.split())}


def process_tree(root):
    """The process and all that descend from it."""
    children = {}
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (FileNotFoundError, ProcessLookupError):
                continue
            children.setdefault(parent, []).append(int(entry.name))
    tree = [root]
    for process in tree:
        tree += children.get(process, [])
    return tree


def cpu_seconds(root):
    """User and system time of the process, of those that descend from it, and of their children that have ended."""
    total = 0
    for process in process_tree(root):
        fields = pathlib.Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        total += sum(map(int, fields[11:15]))
    return total / TICK


def most_threads(root, prefix):
    """The threads of the one that has most, of the process and its descendants whose names begin so."""
    threads = 0
    for process in process_tree(root):
        try:
            name, _, fields = pathlib.Path(f"/proc/{process}/stat").read_text().partition("(")[2].rpartition(")")
        except (FileNotFoundError, ProcessLookupError):
            continue
        if name.startswith(prefix):
            threads = max(threads, int(fields.split()[17]))
    return threads


def memory_mb(root):
    """Proportional share of memory of all processes (smaps_rollup, Pss)."""
    kib = 0
    for process in process_tree(root):
        for line in pathlib.Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                kib += int(line.split()[1])
    return kib / 1024


def gone(process):
    try:
        return pathlib.Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


class Watch:
    """Calls `look` every so many seconds while the block runs; `most` is the largest value it gave."""

    def __init__(self, look, every):
        self.look, self.every, self.most, self.ended = look, every, 0, threading.Event()
        self.thread = threading.Thread(target=self.watch)

    def watch(self):
        while not self.ended.wait(self.every):
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # a process has just ended
                self.most = max(self.most, self.look())

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.ended.set()
        self.thread.join()


def simweb_statistics(address):
    """What simweb has answered so far; the question is a connection as well."""
    connection = http.client.HTTPConnection(address)
    connection.request("GET", "/.simweb/stats")
    answer = json.loads(connection.getresponse().read())
    connection.close()
    return answer


class Question(http.client.HTTPConnection):
    """A question to the daemon's socket, on a connection of its own."""

    def __init__(self, path):
        super().__init__("localhost", timeout=60)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(self.path)


def ask(path, resource_path):
    """The answer, and how many milliseconds it took."""
    begun = time.monotonic()
    question = Question(path)
    question.request("GET", resource_path)
    answer = json.loads(question.getresponse().read())
    question.close()
    return answer, (time.monotonic() - begun) * 1e3


class Daemon:
    """A wswpd whose database lies in `directory`; `workers` and `fetch` are keys and values of these tables."""

    def __init__(self, programs, directory, workers, fetch):
        self.ctl = [program(programs, "wswpctl"), "--socket", f"{directory}/s"]
        self.socket = f"{directory}/s"
        config = pathlib.Path(directory, "wswpd.toml")
        tables = {"workers": workers, "fetch": {"allow_private": True, **fetch}, "log": {"level": "error"}}
        config.write_text("".join(
            f"[{table}]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in keys.items())
            for table, keys in tables.items()
        ))
        command = [program(programs, "wswpd"), "--config", config, "--data-dir", directory, "--socket", self.socket]
        self.executed = time.monotonic()
        self.process = subprocess.Popen(command)

    def await_answer(self, seconds=20):
        """Returns when the daemon has answered a question to its database."""
        deadline = time.monotonic() + seconds
        while subprocess.run([*self.ctl, "crawls"], capture_output=True).returncode != 0:
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise SystemExit("wswpd does not answer")
            time.sleep(0.05)

    def ask(self, *words):
        """The answer of wswpctl, which says on standard error what it does not like."""
        asked = subprocess.run([*self.ctl, "--json", *words], stdout=subprocess.PIPE)
        if asked.returncode != 0:
            raise SystemExit(f"wswpctl {words[0]} ended with {asked.returncode}")
        return json.loads(asked.stdout)

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(30)

    def kill(self):
        """SIGKILL for all processes at once; returns when they are gone."""
        processes = process_tree(self.process.pid)
        for process in processes:
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                pass  # died with its parent
        self.process.wait()
        while not all(map(gone, processes)):
            time.sleep(0.01)


def run_crawl(programs, names, sites, workers, fetch):
    """CPU milliseconds a site, elapsed seconds and memory of a crawl from the empty database to its end. Links are taken
    from the pages and filtered; the crawl wants none of them."""
    with tempfile.TemporaryDirectory(prefix="wswp-bench-") as directory:
        daemon = Daemon(programs, directory, workers, fetch)
        try:
            daemon.await_answer()
            cpu, begun = cpu_seconds(daemon.process.pid), time.monotonic()
            daemon.ask("add", "--link-regex", NO_LINK, names)
            urls = daemon.ask("status", "default", "--wait")["crawls"][0]["urls"]
            cpu, wall = cpu_seconds(daemon.process.pid) - cpu, time.monotonic() - begun
            memory = memory_mb(daemon.process.pid)
        finally:
            daemon.stop()
    if urls["fetched"] != sites:
        raise SystemExit(f"wswpd has not fetched all of {sites} sites: {urls}")
    return {"cpu_ms_a_site": cpu * 1e3 / sites, "wall_s": wall, "memory_mb": memory}
