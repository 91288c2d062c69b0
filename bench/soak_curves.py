"""The curves of bench/soak: as text, and as SVG without any library."""

import statistics

CURVES = [("urls_a_second", "URLs ended a second"), ("wal_mb", "log (WAL), MB"), ("database_mb", "database, MB"),
          ("memory_mb", "memory of all processes, MB"), ("largest_worker_mb", "largest worker, MB"),
          ("written_kb_an_url", "written to disk, kB a URL"), ("in_flight", "transfers in flight"),
          ("pending", "URLs pending"), ("status_ms", "wswpctl status, ms")]
BARS = "▁▂▃▄▅▆▇█"
WIDTH, HEIGHT, LEFT, GAP = 760, 90, 60, 40


def parts(values, count):
    """Their medians in up to so many equal parts of the time."""
    step = max(1, -(-len(values) // count))
    return [statistics.median(values[at:at + step]) for at in range(0, len(values), step)]


def print_curves(samples):
    print(f"{'':28}{'median':>10}{'least':>10}{'most':>10}  over {samples[-1]['seconds']:.0f} s")
    for name, label in CURVES:
        values = [sample[name] for sample in samples]
        medians = parts(values, 60)
        highest = max(medians) or 1
        bars = "".join(BARS[round(value / highest * (len(BARS) - 1))] for value in medians)
        print(f"{label:28}{statistics.median(values):>10.1f}{min(values):>10.1f}{max(values):>10.1f}  {bars}")


def panel(top, label, seconds, values, kills):
    highest, last = max(values) or 1, seconds[-1] or 1
    points = " ".join(f"{LEFT + second / last * WIDTH:.1f},{top + HEIGHT - value / highest * HEIGHT:.1f}"
                      for second, value in zip(seconds, values))
    marks = "".join(f'<line x1="{LEFT + at / last * WIDTH:.1f}" x2="{LEFT + at / last * WIDTH:.1f}" y1="{top}" '
                    f'y2="{top + HEIGHT}" stroke="#f0b8a0"/>' for at in kills)
    return (f'<text x="{LEFT}" y="{top - 6}">{label}, up to {highest:,.0f}</text>{marks}'
            f'<line x1="{LEFT}" x2="{LEFT + WIDTH}" y1="{top + HEIGHT}" y2="{top + HEIGHT}" stroke="#57606a"/>'
            f'<polyline fill="none" stroke="#0969da" points="{points}"/>')


def draw(path, samples):
    """One panel a curve, with a line where something was killed."""
    seconds = [sample["seconds"] for sample in samples]
    kills = [after["seconds"] for before, after in zip(samples, samples[1:]) if after["kills"] > before["kills"]]
    panels = [panel(30 + number * (HEIGHT + GAP), label, seconds, [sample[name] for sample in samples], kills)
              for number, (name, label) in enumerate(CURVES)]
    height = 30 + len(CURVES) * (HEIGHT + GAP)
    path.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" width="{LEFT + WIDTH + 20}" height="{height}" '
                    f'font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="white"/>'
                    + "".join(panels) + f'<text x="{LEFT}" y="{height - 8}">{seconds[-1]:.0f} s</text></svg>\n')
