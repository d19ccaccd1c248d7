"""The scenes of recorded/*.txt as they are written, and what stands in them for values."""
import base64, datetime, hashlib, pathlib, re
import yaml

FOLDER = pathlib.Path(__file__).resolve().parents[1] / "recorded"
POLYNOMIALS = dict(crc32=(0xEDB88320, 32), crc32c=(0x82F63B78, 32), crc64nvme=(0x9A6C9329AC4BC9B5, 64))
UNITS = dict(s="seconds", m="minutes", h="hours", d="days")


class Scene:
    def __init__(self, name, file, lets):
        self.name, self.file, self.lets = name, file, lets
        self.steps, self.cases, self.profiles, self.bucket = [], [{}], ["aws"], {}


class Step:
    def __init__(self, line, text):
        self.line, self.text, self.answer = line, text, None


def scenes():
    """(name, scene, case) of every scene; one with cases comes once for each case."""
    common, found = {}, []
    for path in sorted(FOLDER.glob("*.txt"), key=lambda path: (path.stem != "let", path.stem)):
        lets = common if path.stem == "let" else dict(common)
        for line, text in logical_lines(path):
            depth, (word, _, rest) = len(text) - len(text.lstrip()), text.strip().partition(" ")
            if word == "let":
                name, _, value = rest.partition(" ")
                lets[name] = yaml.safe_load(value)
            elif depth == 0:
                assert word == "scene", f"{path.name}:{line}: neither scene nor let"
                found.append(Scene(rest, path.stem, lets))
            elif depth == 4:
                found[-1].steps[-1].answer = text.strip()
            elif word == "with":
                found[-1].cases = yaml.safe_load(rest)
            elif word == "profile":
                found[-1].profiles = rest.split()
            elif word == "bucket":
                found[-1].bucket = None if rest == "none" else yaml.safe_load(rest)
            else:
                found[-1].steps.append(Step(f"{path.name}:{line}", text.strip()))
    for scene in found:
        for case in scene.cases:
            yield (f"{scene.name} ({next(iter(case.values()))})" if case else scene.name), scene, case


def logical_lines(path):
    """Lines without comments, those that are indented by six or more joined to the one before."""
    lines = []
    for number, text in enumerate(path.read_text().splitlines(), 1):
        if not text.strip() or text.lstrip().startswith("#"):
            continue
        if text.startswith("      ") and lines:
            lines[-1][1] += " " + text.strip()
        else:
            lines.append([number, text])
    return lines


def made(text):
    """What <text> stands for in a request; None if it is no such thing."""
    word, _, rest = text.partition(" ")
    if moment := re.fullmatch(r"now([+-]\d+)?([smhd])?", word):
        span = datetime.timedelta(**{UNITS[moment[2] or "s"]: int(moment[1] or 0)})
        return datetime.datetime.now(datetime.timezone.utc) + span
    if word == "repeat":
        what, times = rest.rsplit(" ", 1)
        return what * int(times)
    if word == "altered":
        return rest[:-4] + "ABCD"
    if word in ("etag", "hex"):
        digest = hashlib.md5(rest.encode()).hexdigest()
        return digest if word == "hex" else f'"{digest}"'
    if word in POLYNOMIALS:
        return base64.b64encode(crc(rest.encode(), *POLYNOMIALS[word])).decode()
    if word in ("md5", "sha1", "sha256"):
        return base64.b64encode(hashlib.new(word, rest.encode()).digest()).decode()
    return None


def crc(data, polynomial, bits):
    """A reflected cyclic redundancy check, for the short texts of scenes."""
    ones = value = (1 << bits) - 1
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ (polynomial if value & 1 else 0)
    return (value ^ ones).to_bytes(bits // 8, "big")


class Missing:
    def __repr__(self):
        return "missing"


MISSING = Missing()
KINDS = {"<any>": lambda value: value is not MISSING,
         "<absent>": lambda value: value is MISSING,
         "<text>": lambda value: isinstance(value, str) and value != "",
         "<number>": lambda value: isinstance(value, int) or (isinstance(value, str) and value.isdigit()),
         "<stamp>": lambda value: isinstance(value, str) and re.fullmatch(r"[\d-]{10}T[\d:]{8}\.000Z", value),
         "<date>": lambda value: isinstance(value, datetime.datetime)}


def plain(tag):
    return tag.rpartition("}")[2]


def nested(element):
    """XML as maps, a name that comes again as a list, an element without children as its text."""
    if not len(element):
        return element.text or ""
    tree = {}
    for child in element:
        name, value = plain(child.tag), nested(child)
        if name in tree:
            tree[name] = (tree[name] if isinstance(tree[name], list) else [tree[name]]) + [value]
        else:
            tree[name] = value
    return tree
