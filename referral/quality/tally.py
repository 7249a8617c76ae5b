"""How many services were checked, and what was found: the library's own and the examples apart."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from referral.quality.findings import Severity
from referral.quality.service import Checked


@dataclass(slots=True)
class Counts:
    services: int = 0
    findings: Counter[Severity] = field(default_factory=Counter)

    def describe(self) -> dict[str, int]:
        return {"services": self.services} | {f"{severity}s": self.findings[severity] for severity in Severity}


@dataclass(slots=True)
class Tally:
    own: Counts = field(default_factory=Counts)
    examples: Counts = field(default_factory=Counts)

    def count(self, checked: Iterable[Checked]) -> Iterator[Checked]:
        """Count what passes by."""
        for one in checked:
            counts = self.examples if one.entry.is_example else self.own
            counts.services += 1
            counts.findings.update(finding.severity for finding in one.findings)
            yield one

    @property
    def has_errors(self) -> bool:
        return any(counts.findings[Severity.ERROR] for counts in (self.own, self.examples))
