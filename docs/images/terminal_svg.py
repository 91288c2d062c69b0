#!/usr/bin/env python3
"""Terminal output as an SVG picture: text with ANSI colours on standard input, SVG on standard output.

    wswpctl status --watch --wait      # in one terminal, recorded with script(1); one frame of it is the input
    docs/images/terminal_svg.py "wswpctl status --watch" < frame.txt > docs/images/crawl.svg

The argument is the command that is shown above the text. Knows the colours wswpctl uses: bold, dim, red, green, yellow, cyan.
"""

import html
import re
import sys

STYLES = {"1": "b", "2": "d", "31": "r", "32": "g", "33": "y", "36": "c"}
COLOURS = "text{fill:#d0d7de}.b{font-weight:bold;fill:#fff}.d{fill:#8b949e}.r{fill:#ff7b72}.g{fill:#56d364}.y{fill:#e3b341}.c{fill:#56d4dd}"
CELL_WIDTH, LINE_HEIGHT, MARGIN = 8.4, 19, 16


def spans(line):
    """The line as (style class, text) pairs; control sequences other than colours are dropped."""
    style = ""
    for piece in re.split(r"(\x1b\[[0-9;?]*[A-Za-z])", line):
        colour = re.fullmatch(r"\x1b\[([0-9;]*)m", piece)
        if colour:
            style = STYLES.get(colour.group(1), "")
        elif piece and not piece.startswith("\x1b"):
            yield style, piece


def picture(command, lines):
    rows = [[("d", "$ "), ("b", command)]] + [list(spans(line)) for line in lines]
    columns = max(sum(len(text) for _, text in row) for row in rows)
    width = round(columns * CELL_WIDTH + 2 * MARGIN)
    height = len(rows) * LINE_HEIGHT + 2 * MARGIN
    yield (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
           'font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,\'DejaVu Sans Mono\',monospace" font-size="14">')
    yield f'<style>{COLOURS}</style><rect width="100%" height="100%" rx="8" fill="#0d1117"/>'
    for number, row in enumerate(rows):
        y = MARGIN + (number + 0.75) * LINE_HEIGHT
        column = 0
        for style, text in row:
            stripped = text.strip()
            if stripped:
                x = MARGIN + (column + len(text) - len(text.lstrip())) * CELL_WIDTH
                attributes = f' class="{style}"' if style else ""
                yield (f'<text x="{x:.1f}" y="{y:.1f}" textLength="{len(stripped) * CELL_WIDTH:.1f}" '
                       f'lengthAdjust="spacingAndGlyphs" xml:space="preserve"{attributes}>{html.escape(stripped)}</text>')
            column += len(text)
    yield "</svg>"


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    print("\n".join(picture(sys.argv[1], sys.stdin.read().rstrip("\n").split("\n"))))
