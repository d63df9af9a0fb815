"""The verdicts as a page for people: one HTML file without scripts, addresses of others, or values of the data."""

from collections.abc import Iterable, Mapping
from html import escape
from itertools import groupby
from typing import Any

from expectations.suites import number

STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; color: #222 }
table { border-collapse: collapse; width: 100%; margin-bottom: 2rem }
th, td { text-align: left; padding: .25rem .6rem; border-bottom: 1px solid #ddd; vertical-align: top }
td.n { text-align: right; white-space: nowrap } .failed { background: #fde8e6 } .reported { background: #fff6d6 }
"""


def page(verdicts: Iterable[Mapping[str, Any]]) -> str:
    """The HTML of some verdicts (`Verdict.record()`), in the order given."""
    body = "\n".join(_verdict(verdict) for verdict in verdicts) or "<p>Nothing was checked yet.</p>"
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Is the data fit?</title>\n'
        f"<style>{STYLE}</style>\n</head>\n<body>\n<h1>Is the data fit?</h1>\n{body}\n</body>\n</html>\n"
    )


def _verdict(verdict: Mapping[str, Any]) -> str:
    findings = verdict["findings"]
    held = sum(bool(finding["passed"]) for finding in findings)
    if not (verdict["passed"] or findings):
        return f"<h2>{escape(verdict['subject'])}, {escape(verdict['day'])}: the gate came to no verdict</h2>"
    said = "fit" if verdict["passed"] else "unfit: the gate is closed"
    head = f"<h2>{escape(verdict['subject'])}, {escape(verdict['day'])}: {said}</h2>"
    counted = f"<p>{held} of {len(findings)} expectations hold, over {number(verdict['rows'])} rows.</p>"
    suites = groupby(findings, key=lambda finding: str(finding["suite"]))
    return "\n".join([head, counted, *(_suite(name, list(found)) for name, found in suites)])


def _suite(name: str, findings: list[Mapping[str, Any]]) -> str:
    rows = "\n".join(_row(finding) for finding in findings)
    columns = "<tr><th>Expected that</th><th>Column</th><th>Measured</th><th>Allowed</th><th>Result</th></tr>"
    return f"<h3>{escape(name)}</h3>\n<table>\n{columns}\n{rows}\n</table>"


def _row(finding: Mapping[str, Any]) -> str:
    result, style = "holds", ""
    if not finding["passed"]:
        result, style = ("fails", "failed") if finding["severity"] == "critical" else ("reported", "reported")
        result += f"; look at {finding['look_at']}" if finding["look_at"] else ""
    cells = [
        f"<td>{escape(finding['says'])}</td>",
        f"<td>{escape(finding['column'])}</td>",
        f'<td class="n">{number(finding["measured"])}</td>',
        f'<td class="n">{escape(finding["allowed"])}</td>',
        f"<td>{escape(result)}</td>",
    ]
    return f'<tr class="{style}">{"".join(cells)}</tr>'
