"""Reads the pages of docs/operate and performs them: each `console` block's commands, in order, and what they print.

A line `one$ rondo health` is typed on the machine `one`, `all$ ...` on each that runs; `> ...` continues a command.
What follows up to the next command has to be printed. `...` stands for what differs from time to time: within a line
for a part of it, alone for any lines. Commands that only look are repeated until they show what the page shows.
"""
import pathlib, re, sys, time

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "docs" / "operate"
PROMPT = re.compile(r"([a-z]+(?:,[a-z]+)*)\$ (.*)")
LOOKS = re.compile(r"(openssl s_client|rondo (health|status|ring|layout show|scrub$|losses$|missing)|journalctl|curl|aws s3 ls|ls|cat|grep)\b")
PATIENCE_SECONDS = 90


class Step:
    """A command, where it is typed, and what it prints."""

    def __init__(self, line, machines, command):
        self.line, self.machines, self.command, self.printed = line, machines, command, []

    def pattern(self):
        lines = [r"(?:.*\n)*?" if line.strip() == "..." else
                 ".*".join(re.escape(part) for part in line.split("...")) + r"\n" for line in self.printed]
        return re.compile("".join(lines))

    def matches(self, lines):
        return self.pattern().fullmatch("".join(line.rstrip() + "\n" for line in lines))


def steps(name):
    """The steps of a page."""
    found, within = [], False
    for number, line in enumerate((FOLDER / f"{name}.md").read_text().splitlines(), 1):
        if line.startswith("```"):
            within = line == "```console"
        elif within:
            prompt = PROMPT.fullmatch(line)
            if prompt:
                found.append(Step(number, prompt[1].split(","), prompt[2]))
            elif line.startswith("> ") and not found[-1].printed:
                found[-1].command += "\n" + line[2:]
            else:
                found[-1].printed.append(line.rstrip())
    return found


def perform(name, machines, running):
    """Performs a page on these machines; `running` are those that `all` means."""
    for step in steps(name):
        where = running if step.machines == ["all"] else step.machines
        for machine in where:
            show(name, step, machines[machine])


def show(name, step, machine):
    end = time.monotonic() + PATIENCE_SECONDS
    began = time.monotonic()
    while True:
        said = machine.run(step.command)
        if step.matches(said):
            print(f"{time.monotonic() - began:5.1f} s {machine.name}$ {step.command}", *said, sep="\n", file=sys.stderr)
            return
        if not LOOKS.match(step.command) or time.monotonic() > end:
            raise AssertionError(
                f"docs/operate/{name}.md:{step.line}: {machine.name}$ {step.command}\nprinted\n" + "\n".join(said)
                + "\nand the page shows\n" + "\n".join(step.printed) + "\n" + machine.journal[-3000:])
        time.sleep(0.3)
