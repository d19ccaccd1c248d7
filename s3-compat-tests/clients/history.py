"""What clients did to one key and were told, and whether some order of it explains everything (Wing and Gong 1993)."""
import bisect, dataclasses, math


@dataclasses.dataclass(frozen=True)
class Operation:
    """An operation on a register that holds a value, or None for nothing.

    kind: "read" returned `value`; "write" wrote it; "swap" wrote it on top of `expected`; "declined" found
    something else than `expected`. `end` is infinite where its client was never told what became of it.
    """
    kind: str
    value: object
    expected: object
    start: float
    end: float = math.inf
    where: str = dataclasses.field(default="", compare=False)

    def __str__(self):
        before = f" on {str(self.expected)[:6]}" if self.kind in ("swap", "declined") else ""
        return f"{self.start:.3f} to {self.end:.3f}: {self.kind} {str(self.value)[:6]}{before} {self.where}"

    @property
    def changes(self):
        return self.kind in ("write", "swap")

    def fits(self, state):
        if self.kind == "read":
            return state == self.value
        if self.kind == "swap":
            return state == self.expected
        return self.kind == "write" or state != self.expected

    def needs(self):
        """The states without which it can't have happened."""
        return {"read": {self.value}, "swap": {self.expected}}.get(self.kind, set())


def is_linearizable(operations):
    """Values other than None are written once each. Operations of unknown outcome are done at any later time or never."""
    told = sorted((o for o in operations if o.changes or o.end < math.inf), key=lambda o: o.start)
    must = sum(1 << n for n, o in enumerate(told) if o.end < math.inf)
    seen = set().union(*(o.needs() for o in told))
    needed = {value: sum(1 << n for n, o in enumerate(told) if o.end < math.inf and value in o.needs())
              for value in seen if value is not None}
    stack, known = [(0, None)], set()
    while stack:
        done, left = _settle(told, *stack.pop())
        state = left.pop()
        if done & must == must:
            return True
        if (done, state) in known:
            continue
        known.add((done, state))
        for n in _choices(told, left, state, seen):
            after = done | 1 << n
            if not needed.get(state, 0) & ~after:  # nobody finds that state any more
                stack.append((after, told[n].value))
    return False


def first_contradiction(operations):
    """What led to the first answer that nothing explains, oldest first: the operations of the last seconds before it."""
    ends = sorted(o.end for o in operations if o.end < math.inf)
    n = bisect.bisect_left(ends, True, key=lambda end: not is_linearizable(_until(operations, end)))
    if n == len(ends):
        return ""
    recent = [o for o in _until(operations, ends[n]) if o.end > ends[n] - 8]
    return "\n".join(["not linearizable:", *map(str, sorted(recent, key=lambda o: o.start))])


def _until(operations, end):
    """What was known then."""
    return [o if o.end <= end else dataclasses.replace(o, end=math.inf) for o in operations if o.start <= end]


def _settle(told, done, state):
    """What changes nothing is done as soon as it can be. Then, what may be done next, and at its end the state."""
    while True:
        left = _next(told, done)
        still = [n for n in left if not told[n].changes and told[n].fits(state)]
        if not still:
            return done, [*left, state]
        for n in still:
            done |= 1 << n


def _next(told, done):
    """The undone that began before any undone ended."""
    left, bound, n = [], math.inf, _lowest(~done)
    while n < len(told) and told[n].start <= bound:
        if not done >> n & 1:
            left.append(n)
            bound = min(bound, told[n].end)
        n += 1
    return [n for n in left if told[n].start <= bound]


def _choices(told, left, state, seen):
    """One of the unknown ones that come to the same is enough, and one that nobody saw only where somebody was declined."""
    declined, chosen = any(told[n].kind == "declined" for n in left), set()
    for n in sorted(left, key=lambda n: told[n].kind):  # a swap first: a write fits later too
        operation = told[n]
        if not operation.changes or not operation.fits(state):
            continue
        if operation.end == math.inf:
            unseen = operation.value not in seen
            same = (unseen, None if unseen else operation.value)
            if same in chosen or (unseen and not declined):
                continue
            chosen.add(same)
        yield n


def _lowest(bits):
    return (bits & -bits).bit_length() - 1
