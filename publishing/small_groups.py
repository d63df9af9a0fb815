"""Which groups' figures to withhold, so that nobody can work out those of a small one from what is shown.

A customer is in one account, an account in one family (`parent`), a family in the whole company (`corporate`); beside
that, a customer has one owner, and owners add up to the company too. A figure of a group can be worked out where it is
a sum or difference of shown ones. It cannot if two customers, one of the group and one not, could change places
without anyone noticing: because the same shown groups hold both of them. What is withheld makes sure of that.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

Cell = tuple[str, str]
COMPANY: Cell = ("corporate", "all")
REST: Cell = ("", "")  # what is left of the company when the shown groups of a kind are taken away


@dataclass
class _Groups:
    """Who is where, and what is withheld so far."""

    least: int
    sizes: dict[Cell, int] = field(default_factory=lambda: defaultdict(int))
    parts: dict[Cell, set[Cell]] = field(default_factory=lambda: defaultdict(set))
    family: dict[Cell, Cell] = field(default_factory=dict)
    met: dict[Cell, set[Cell]] = field(default_factory=lambda: defaultdict(set))
    hidden: set[Cell] = field(default_factory=set)

    def add(self, account: str, parent: str, owner: str, n: int) -> None:
        """Count some customers who share all three; `met` tells which owners an account or family has, and back."""
        a, p, o = ("account", account), ("parent", parent), ("owner", owner)
        for cell in (a, p, o, COMPANY):
            self.sizes[cell] += n
        self.family[a] = p
        self.parts[p].add(a)
        self.parts[COMPANY].update((p, o))
        self.met[a].add(o)
        self.met[p].add(o)
        self.met[o].add(a)

    def block(self, cell: Cell) -> Cell:
        """The smallest group holding this account or owner whose figure is known."""
        if cell not in self.hidden:
            return cell
        family = self.family.get(cell, REST)
        return family if family not in self.hidden else REST

    def smallest(self, cells: Iterable[Cell]) -> list[Cell]:
        """Those that are shown, the smallest first."""
        return sorted((cell for cell in cells if cell not in self.hidden), key=lambda cell: (self.sizes[cell], cell))

    def complete(self, whole: Cell, parts: set[Cell]) -> None:
        """What is withheld of a shown whole is two groups or more, and not small; of a withheld one, something."""
        gone = parts & self.hidden
        if not gone and whole not in self.hidden:
            return
        theirs = set().union(*(self.met[cell] for cell in gone))
        shown = sorted(self.smallest(parts), key=lambda cell: not self.met[cell] & theirs)
        while shown and not self.is_enough(whole, gone):
            gone.add(shown.pop(0))
        self.hidden |= gone
        if not self.is_enough(whole, gone):
            self.hidden.add(whole)

    def is_enough(self, whole: Cell, gone: set[Cell]) -> bool:
        """Whether these parts hide one another."""
        if whole in self.hidden:
            return bool(gone)
        return len(gone) > 1 and sum(self.sizes[cell] for cell in gone) >= self.least

    def cover_accounts(self) -> None:
        """Each withheld account, and family, has an owner who also has customers in another one of its block."""
        gone = sorted(self.hidden & self.family.keys())
        accounts: dict[tuple[Cell, Cell], set[Cell]] = defaultdict(set)
        families: dict[Cell, set[Cell]] = defaultdict(set)
        of_family: dict[Cell, set[Cell]] = defaultdict(set)
        for account in gone:
            for owner in self.met[account]:
                accounts[self.block(account), self.block(owner)].add(account)
                if self.block(account) == REST:
                    families[self.block(owner)].add(self.family[account])
                    of_family[self.family[account]].add(owner)
        for account in gone:
            if all(len(accounts[self.block(account), self.block(owner)]) < 2 for owner in self.met[account]):
                self.join(self.family[account], self.met[account])
        for family in sorted(of_family):
            if all(len(families[self.block(owner)]) < 2 for owner in of_family[family]):
                self.join(family, of_family[family])

    def join(self, family: Cell, owners: set[Cell]) -> None:
        """Have something of a family among what is left of the company, and something else of its owners, too."""
        if family not in self.hidden:
            self.hidden.add(family)
            return
        theirs = set().union(*(self.met[owner] for owner in owners)) - self.parts[family]
        elsewhere = [account for account in theirs if self.block(account) != REST]
        if elsewhere:
            account = min(elsewhere, key=lambda cell: (self.sizes[self.family[cell]], self.sizes[cell], cell))
            self.hidden |= {account, self.family[account]}
            return
        left = {a for a in self.hidden & self.family.keys() if self.block(a) == REST and self.family[a] != family}
        for side in (owners, set().union(*(self.met[account] for account in left))):
            self.hidden.update(self.smallest(side)[:1])

    def cover_owners(self) -> None:
        """Each withheld owner has customers in an account, or block of them, where another withheld one has some."""
        holders: dict[Cell, set[Cell]] = defaultdict(set)
        for account in self.family:
            holders[self.block(account)] |= self.met[account]
        gone = sorted(cell for cell in self.hidden if cell[0] == "owner")
        for owner in gone:
            near = set().union(*(holders[self.block(account)] for account in self.met[owner])) - {owner}
            if near & self.hidden:
                continue
            if shown := self.smallest(near):
                self.hidden.add(shown[0])
                continue
            for one in [owner, *(other for other in gone if other != owner)][:2]:
                account = min(self.met[one], key=lambda cell: (self.sizes[cell], cell))
                self.hidden |= {account, self.family[account]}


def withheld(customers: Iterable[tuple[str, str, str, int]], least: int, besides: Iterable[Cell] = ()) -> set[Cell]:
    """The (level, entity) to withhold: all of fewer than `least` customers, and what would give them away.

    `customers` are (account, parent, owner, how many have all three); `besides` is withheld in any case.
    """
    groups = _Groups(least)
    for account, parent, owner, n in customers:
        if n:
            groups.add(account, parent, owner, n)
    groups.hidden = {cell for cell, n in groups.sizes.items() if n < least} | (set(besides) & groups.sizes.keys())
    found = -1
    while found < len(groups.hidden):
        found = len(groups.hidden)
        for level in ("parent", "owner"):
            groups.complete(COMPANY, {cell for cell in groups.parts[COMPANY] if cell[0] == level})
        for family in sorted(set(groups.family.values())):
            groups.complete(family, groups.parts[family])
        groups.cover_accounts()
        groups.cover_owners()
    return groups.hidden
