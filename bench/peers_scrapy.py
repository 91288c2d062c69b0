"""The same work for Scrapy: robots.txt obeyed, links extracted and dropped, an item a page as JSON lines.

bench/peers runs it with Debian's python3-scrapy.
"""

import argparse

import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.linkextractors import LinkExtractor
from twisted.internet import defer
from twisted.internet.interfaces import IResolverSimple
from zope.interface import implementer

# What "Broad Crawls" of its manual advises, and nothing on that this work does not need.
SETTINGS = {
    "ROBOTSTXT_OBEY": True,
    "CONCURRENT_REQUESTS": 100,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
    "DOWNLOAD_DELAY": 0,
    "SCHEDULER_PRIORITY_QUEUE": "scrapy.pqueues.DownloaderAwarePriorityQueue",
    "REACTOR_THREADPOOL_MAXSIZE": 20,
    "LOG_LEVEL": "ERROR",
    "COOKIES_ENABLED": False,
    "RETRY_ENABLED": False,
    "TELNETCONSOLE_ENABLED": False,
    "REQUEST_FINGERPRINTER_IMPLEMENTATION": "2.7",
}


class SitesSpider(scrapy.Spider):
    name = "sites"
    extractor = LinkExtractor()

    def start_requests(self):
        with open(self.list) as urls:
            for url in urls:
                yield scrapy.Request(url.strip())

    def parse(self, response):
        links = self.extractor.extract_links(response)
        yield {"url": response.url, "status": response.status, "bytes": len(response.body), "links": len(links)}


@implementer(IResolverSimple)
class OneAddressResolver:
    """Leads all names to one address, without asking anybody and without a thread."""

    def __init__(self, reactor, address):
        self.reactor, self.address = reactor, address

    @classmethod
    def from_crawler(cls, crawler, reactor):
        return cls(reactor, crawler.settings["NAMES_AT"])

    def install_on_reactor(self):
        self.reactor.installResolver(self)

    def getHostByName(self, name, timeout=None):
        return defer.succeed(self.address)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("list", help="file of URLs, one a line")
    parser.add_argument("--output", required=True, help="file of items")
    parser.add_argument("--job-directory", help="where Scrapy keeps its queue and what it has seen")
    parser.add_argument("--names-at", metavar="ADDRESS", help="where all names lead")
    options = parser.parse_args()
    settings = SETTINGS | {"FEEDS": {options.output: {"format": "jsonlines"}}}
    if options.job_directory:
        settings["JOBDIR"] = options.job_directory
    if options.names_at:
        settings |= {"DNS_RESOLVER": OneAddressResolver, "NAMES_AT": options.names_at}
    process = CrawlerProcess(settings)
    process.crawl(SitesSpider, list=options.list)
    process.start()


if __name__ == "__main__":
    main()
