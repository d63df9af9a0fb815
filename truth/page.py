"""The figures as a page: a table and a drawing of every value with its interval and its floor."""

from collections.abc import Sequence

from truth.figures import Figure

LEFT, WIDTH, ROW, TOP = 330, 420, 24, 40
LEAST = 0.9  # where the scale begins, unless a figure lies below


def drawing(figures: Sequence[Figure]) -> str:
    """An SVG: a dot for each value, a line for its interval, a red tick for its floor."""
    low = min([LEAST, *(min(f.low, f.floor) for f in figures)])
    height = TOP + ROW * len(figures) + 10

    def x(share: float) -> float:
        return LEFT + WIDTH * (share - low) / (1 - low)

    marks = [low + (1 - low) * step / 4 for step in range(5)]
    lines = [
        f'<line x1="{x(m):.1f}" x2="{x(m):.1f}" y1="{TOP - 12}" y2="{height - 10}" stroke="#ddd"/>'
        f'<text x="{x(m):.1f}" y="{TOP - 18}" text-anchor="middle" fill="#555">{m:.3f}</text>'
        for m in marks
    ]
    for number, f in enumerate(figures):
        y = TOP + ROW * number + 8
        colour = "#1a7f37" if f.holds else "#c00"
        lines.append(
            f'<text x="{LEFT - 12}" y="{y + 4}" text-anchor="end">{f.name}</text>'
            f'<line x1="{x(f.low):.1f}" x2="{x(f.high):.1f}" y1="{y}" y2="{y}" stroke="{colour}" stroke-width="3"/>'
            f'<line x1="{x(f.floor):.1f}" x2="{x(f.floor):.1f}" y1="{y - 8}" y2="{y + 8}" stroke="#c00"/>'
            f'<circle cx="{x(f.value):.1f}" cy="{y}" r="4" fill="{colour}"/>'
            f'<text x="{LEFT + WIDTH + 12}" y="{y + 4}">{f.value:.4f}</text>'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{LEFT + WIDTH + 90}" height="{height}" '
        f'font-family="sans-serif" font-size="13"><rect width="100%" height="100%" fill="white"/>\n'
        + "\n".join(lines)
        + "\n</svg>\n"
    )


def page(figures: Sequence[Figure], command: str) -> str:
    """Markdown: what was measured, by which command, the drawing (truth.svg, beside it) and the table."""
    rows = [
        f"| {f.name} | {f.value:.4f} | {f.low:.4f} to {f.high:.4f} | {f.floor:g} | {f.of:,} | "
        f"{'yes' if f.holds else '**no**'} |"
        for f in figures
    ]
    return "\n".join([HEAD.format(command=command), *rows, "", LEGEND])


HEAD = """# How near the marts come to the truth

The sandbox's city knows who everybody is, which opens and clicks no person made, when a visit began and what was
bought. `{command}` walks it through extraction and all models, and compares. It fails where a value is below its floor.

![Each value with its interval; the red tick is the floor](truth.svg)

| measure | value | 95 % interval | floor | judged | reached |
|---|---|---|---|---|---|"""

LEGEND = """\
- **identity**: of identifiers that some record ties to a person, the pairs under one `customer_id` that are of one
  person (precision), and the pairs of one person under one (recall); resampled by customer and by person.
- **machine opens, clicks**: acts marked as a machine's that were (precision), machines' acts so marked (recall).
- **sessions**: found sessions that hold exactly the visits of one person without a pause of half an hour (precision),
  and such sessions that were found (recall).
- **engaged time**: of the sessions that were found, one minus the seconds by which they differ over the true seconds.
- **orders**: found ones with a true number and amount, true ones that were found, and those under their buyer.
- **consent**: members of a list who may be mailed at the end, said and true.
- Noise 2 doubles shared devices and mailboxes, second addresses, duplicates, image proxies, scanners and lost cookies.
- Intervals: Wilson's for shares of independent things, else 1,000 seeded resamples.
"""
