#!/usr/bin/env python3
"""Fails on an include that goes upward: each folder may include only what stands below it.

    check_layers.py ROOT    checks lib/, daemon/ and cli/ of the project in ROOT
    check_layers.py --self-test
"""

import re
import sys
import tempfile
from pathlib import Path

# Folder → the folders it may include from, besides itself (docs/ARCHITECTURE.md, "Layers").
BASE = {"base"}
MAY_INCLUDE = {
    "lib/base": set(),
    "lib/url": BASE,
    "lib/robots": BASE,
    "lib/html": BASE,
    "lib/net": BASE,
    "lib/store": BASE,
    "lib/config": BASE,
    "lib/list": BASE | {"url"},
    "lib/frontier": BASE | {"url", "robots", "html", "net", "store", "config", "list"},
    "lib/crawl": BASE | {"url", "robots", "html", "net", "store", "config", "list", "frontier"},
    "daemon": BASE | {"url", "robots", "html", "net", "store", "config", "list", "frontier", "crawl"},
    "cli": BASE | {"config"},
}
GENERATED = {"wswp_version.h"}

# Headers of libraries → the folders that may see them.
LIBRARIES = [
    (re.compile(r"sqlite3\.h|SQLiteCpp/"), {"lib/store"}, "only lib/store sees SQLite"),
    (re.compile(r"curl/|ares"), {"lib/net", "daemon", "cli"}, "in lib/ only lib/net sees curl and c-ares"),
]

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(?:"([^"]+)"|<([^>]+)>)', re.MULTILINE)


def folder_of(path):
    """"lib/x/…" → "lib/x", "daemon/api/…" → "daemon"; None: no layer of ours."""
    name = "/".join(path.parts[:2]) if path.parts[0] == "lib" else path.parts[0]
    return name if name in MAY_INCLUDE else None


def problem(folder, header, is_ours):
    """Why `folder` may not include `header`, or None."""
    if is_ours and header not in GENERATED:
        if "/" not in header:
            return "includes name the folder"
        layer = header.split("/")[0]
        if layer != folder.split("/")[-1] and layer not in MAY_INCLUDE[folder]:
            return f"{folder} may include only {', '.join(sorted(MAY_INCLUDE[folder])) or 'itself'}"
    for pattern, folders, reason in LIBRARIES:
        if pattern.match(header) and folder not in folders:
            return reason
    return None


def check(root):
    problems = []
    files = 0
    for top in ("lib", "daemon", "cli"):
        for path in sorted((root / top).rglob("*")):
            if path.suffix not in (".h", ".cc", ".in") or not path.is_file():
                continue
            relative = path.relative_to(root)
            folder = folder_of(relative)
            if folder is None:
                problems.append(f"{relative}: its folder has no place in the layers; give it one in {Path(__file__).name}")
                continue
            files += 1
            text = path.read_text(encoding="utf-8")
            for match in INCLUDE.finditer(text):
                ours, library = match.groups()
                reason = problem(folder, ours or library, ours is not None)
                if reason:
                    line = text.count("\n", 0, match.start()) + 1
                    problems.append(f"{relative}:{line}: {match.group(0).strip()}: {reason}")
    if files == 0:
        problems.append(f"{root}: no sources there")
    return problems


def self_test():
    planted = {
        "lib/base/clock.h": ('#include "url/url.h"\n', True),
        "lib/base/log.h": ('#include <string>\n#include "base/clock.h"\n', False),
        "lib/html/page.cc": ('// text\n  #  include "net/fetch_loop.h"\n', True),
        "lib/url/url.cc": ('#include "base/log.h"\n', False),
        "lib/list/list.cc": ('#include "url/url.h"\n', False),
        "lib/frontier/types.h": ('#include "crawl/policy.h"\n', True),
        "lib/frontier/ok.h": ('#include "store/database.h"\n', False),
        "lib/frontier/sql.cc": ('#include <SQLiteCpp/Database.h>\n', True),
        "lib/crawl/fetch.cc": ('#include <curl/curl.h>\n', True),
        "lib/crawl/resolve.cc": ('#include <ares.h>\n', True),
        "lib/store/database.cc": ('#include <sqlite3.h>\n#include <SQLiteCpp/Database.h>\n', False),
        "lib/net/resolver.cc": ('#include <ares.h>\n#include <curl/curl.h>\n', False),
        "lib/new/thing.h": ("", True),
        "lib/robots/rules.h": ('#include "rules_builder.h"\n', True),
        "daemon/main.cc": ('#include "crawl/worker_pool.h"\n#include "wswp_version.h"\n', False),
        "daemon/api/show.cc": ('#include "cli/client.h"\n', True),
        "daemon/sampler.cc": ('#include <sqlite3.h>\n', True),
        "cli/main.cc": ('#include "config/paths.h"\n#include <curl/curl.h>\n', False),
        "cli/client.cc": ('#include "frontier/types.h"\n', True),
    }
    with tempfile.TemporaryDirectory() as directory:
        root = Path(directory)
        for name, (text, _) in planted.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
        found = {line.split(":")[0] for line in check(root)}
        wanted = {name for name, (_, is_wrong) in planted.items() if is_wrong}
        return [f"self-test: not found: {name}" for name in sorted(wanted - found)] + [
            f"self-test: found though right: {name}" for name in sorted(found - wanted)
        ]


def main():
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    problems = self_test() if sys.argv[1] == "--self-test" else check(Path(sys.argv[1]))
    for line in problems:
        print(line)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
