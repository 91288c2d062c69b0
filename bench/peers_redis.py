"""The crawler of a teaching text, rewritten: processes of threads that share a queue in Redis.

The list `queue:NAME` has the URLs to do and the set `seen:NAME` all that were ever in it; a thread takes one, asks the
site's robots.txt, fetches the page, looks for links and pushes those that match. What came of a URL goes into the hash
`result:NAME`, which the text has not. bench/peers runs it with Debian's python3-redis and python3-requests.
"""

import argparse
import json
import multiprocessing
import re
import socket
import threading
import urllib.parse
import urllib.robotparser

import redis
import requests

AGENT = "peer"
TIMEOUT = 60
LINK = re.compile(r"""<a[^>]+href=["'](.*?)["']""", re.IGNORECASE)


class RedisQueue:
    """URLs, each of which is given out once; any number of threads and processes share it."""

    def __init__(self, client, name):
        self.client = client
        self.queue, self.seen, self.result = f"queue:{name}", f"seen:{name}", f"result:{name}"

    def push(self, urls):
        with self.client.pipeline(transaction=False) as pipeline:
            for url in urls:
                pipeline.sadd(self.seen, url)
            new = [url for url, is_new in zip(urls, pipeline.execute()) if is_new]
        if new:
            self.client.lpush(self.queue, *new)

    def pop(self):
        url = self.client.rpop(self.queue)
        return url and url.decode()

    def record(self, url, result):
        self.client.hset(self.result, url, json.dumps(result))


def new_session():
    """One connection, kept from a site's robots.txt to its page; no look at proxies and .netrc for every request."""
    session = requests.Session()
    session.trust_env = False
    session.headers["User-Agent"] = AGENT
    session.mount("http://", requests.adapters.HTTPAdapter(pool_connections=1, pool_maxsize=1))
    return session


def robots_of(session, url):
    robots = urllib.robotparser.RobotFileParser()
    answer = session.get(urllib.parse.urljoin(url, "/robots.txt"), timeout=TIMEOUT)
    robots.parse(answer.text.splitlines() if answer.ok else [])
    robots.disallow_all = answer.status_code >= 500
    return robots


def visit(session, queue, url, options):
    if options.robots and not robots_of(session, url).can_fetch(AGENT, url):
        return {"disallowed": True}
    answer = session.get(url, timeout=TIMEOUT)
    links = LINK.findall(answer.text)
    chosen = [urllib.parse.urljoin(url, link) for link in links if re.match(options.link_regex, link)]
    if chosen:
        queue.push(chosen)
    return {"status": answer.status_code, "bytes": len(answer.content), "links": len(links)}


def work(queue, options):
    """Until the queue is empty, which is the end where no links are followed."""
    session = new_session() if options.session else requests  # whose get() makes one for each request
    while url := queue.pop():
        try:
            result = visit(session, queue, url, options)
        except requests.RequestException as error:
            result = {"error": str(error)}
        queue.record(url, result)


def work_in_threads(options):
    queue = RedisQueue(redis.Redis(unix_socket_path=options.redis), options.name)
    threads = [threading.Thread(target=work, args=(queue, options)) for _ in range(options.threads)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def lead_names_to(address):
    """All names, without asking anybody."""
    def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
        return [(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", (address, port))]
    socket.getaddrinfo = getaddrinfo


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("list", help="file of URLs, one a line")
    parser.add_argument("--redis", required=True, help="socket of redis-server")
    parser.add_argument("--name", default="wswp")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--threads", type=int, default=5, help="per process")
    parser.add_argument("--link-regex", default="$^", help="links to follow")
    parser.add_argument("--no-robots", dest="robots", action="store_false")
    parser.add_argument("--no-session", dest="session", action="store_false", help="a connection for each request")
    parser.add_argument("--names-at", metavar="ADDRESS", help="where all names lead")
    return parser.parse_args()


def main():
    options = parse_arguments()
    if options.names_at:
        lead_names_to(options.names_at)
    with open(options.list) as urls:
        RedisQueue(redis.Redis(unix_socket_path=options.redis), options.name).push(urls.read().split())
    processes = [multiprocessing.Process(target=work_in_threads, args=(options,)) for _ in range(options.processes)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()


if __name__ == "__main__":
    main()
