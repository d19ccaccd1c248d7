"""The checker of histories rejects what must not happen, and nothing else."""
import math, random
import pytest
from history import Operation, first_contradiction, is_linearizable

GOOD = {
    "one after the other": [("write", "a", None, 0, 1), ("read", "a", None, 2, 3)],
    "a read beside a write": [("write", "a", None, 0, 9), ("read", None, None, 1, 2), ("read", "a", None, 3, 4)],
    "an unknown write seen late": [("write", "a", None, 0, math.inf), ("read", None, None, 1, 2), ("read", "a", None, 8, 9)],
    "an unknown write never seen": [("write", "a", None, 0, math.inf), ("read", None, None, 1, 2)],
    "swaps in a chain": [("swap", "a", None, 0, 1), ("swap", "b", "a", 2, 3), ("declined", None, "a", 4, 5)],
    "an unknown write that only a declined one saw": [
        ("write", "a", None, 0, 1), ("write", "b", None, 2, math.inf), ("declined", None, "a", 3, 4),
        ("write", "c", None, 5, 6), ("read", "c", None, 7, 8)],
    "an unknown deletion": [("write", "a", None, 0, 1), ("write", None, None, 2, math.inf), ("swap", "b", None, 3, 4)],
    "an unknown swap, late": [
        ("write", "a", None, 0, 1), ("swap", "b", "a", 2, math.inf), ("read", "a", None, 3, 4), ("read", "b", None, 5, 6)],
    "one of two swaps": [("swap", "a", None, 0, 5), ("declined", None, None, 0, 5), ("read", "a", None, 6, 7)],
}
BAD = {
    "a lost write": [("write", "a", None, 0, 1), ("read", None, None, 2, 3)],
    "back in time": [("write", "a", None, 0, 1), ("write", "b", None, 2, 9), ("read", "b", None, 3, 4), ("read", "a", None, 5, 6)],
    "from nowhere": [("read", "a", None, 0, 1)],
    "two winners": [("swap", "a", None, 0, 5), ("swap", "b", None, 0, 5)],
    "declined for nothing": [("declined", None, None, 0, 1)],
    "an unknown swap on what was gone": [
        ("write", "a", None, 0, 1), ("swap", "b", "a", 2, math.inf), ("write", "c", None, 3, 4), ("read", "c", None, 5, 6),
        ("read", "b", None, 7, 8)],
    "one unknown deletion for two": [
        ("write", None, None, 0, math.inf), ("write", "a", None, 1, 2), ("read", None, None, 3, 4),
        ("write", "b", None, 5, 6), ("read", None, None, 7, 8)],
    "declined by what it expects": [("write", "a", None, 0, 1), ("declined", None, "a", 2, 3)],
    "an unknown write seen and lost": [("write", "a", None, 0, math.inf), ("read", "a", None, 1, 2), ("read", None, None, 3, 4)],
}


@pytest.mark.parametrize("name", GOOD)
def test_what_may_happen(name):
    assert is_linearizable([Operation(*o) for o in GOOD[name]])


@pytest.mark.parametrize("name", BAD)
def test_what_must_not_happen(name):
    assert not is_linearizable([Operation(*o) for o in BAD[name]])


@pytest.mark.parametrize("seed", range(20))
def test_long_histories_of_a_real_register(seed):
    """Each operation takes place somewhere between its start and its end; one read too old is found."""
    chance, state, states, history = random.Random(seed), None, [None], []
    for n in range(600):
        start, end = n - chance.uniform(0, 5), n + chance.uniform(0, 5)
        kind = chance.choice(["read", "write", "swap", "delete"])
        expected = chance.choice(states[-2:])
        unknown = kind != "read" and chance.random() < 0.05
        happens = not unknown or chance.random() < 0.5
        value = None if kind == "delete" else state if kind == "read" else f"v{n}"
        if kind == "swap" and state != expected and not unknown:
            kind, value = "declined", None
        elif kind == "swap" and state != expected:
            happens = False
        if kind in ("write", "swap", "delete") and happens:
            state = value
            states.append(state)
        history.append(Operation("write" if kind == "delete" else kind, value, expected, start, math.inf if unknown else end))
    assert is_linearizable(history)
    old = next(o for o in history if o.kind == "write" and o.value and o.end < math.inf)
    history.append(Operation("read", old.value, None, 700, 701))
    assert not is_linearizable(history)
    assert first_contradiction(history).endswith(str(history[-1]))
