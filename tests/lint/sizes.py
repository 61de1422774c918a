"""Files of at most 500 lines, functions of at most 70: what a reader can hold in the head."""

import re

from house import CPP, SCRIPTS, Finding, House
from source_text import functions_of

FILE_LINES = 500
FUNCTION_LINES = 70
FILE_ENDINGS = CPP + SCRIPTS + (".py", ".css", ".cmake", "CMakeLists.txt", ".sql")

# The way functions begin in formatted TypeScript; each ends at its own indentation's next `}`.
SCRIPT_FUNCTION = re.compile(
    r"^(?P<indent> *)(?:export )?(?:default )?(?:"
    r"(?:async )?function\b.*"
    r"|(?:const|let) \w+.*=>.*"
    r"|(?:(?:public|private|protected|static|async|get|set|override) )*#?\w+\(.*\).*"
    r")\{$"
)
SCRIPT_CONTROL = re.compile(r"^ *(?:\} )?(?:if|for|while|switch|catch|else|do|try)\b")
SHELL_FUNCTION = re.compile(r"^(?P<indent>)(?:function )?[\w-]+ *\(\) *\{$")


def indented_functions(text: str, begin: re.Pattern[str]) -> list[tuple[int, int]]:
    """First line and length of what begins at an indentation and ends with `}` at the same."""
    lines = text.splitlines()
    found = []
    for number, line in enumerate(lines):
        match = begin.match(line)
        if not match or SCRIPT_CONTROL.match(line):
            continue
        end = next(
            (n for n in range(number + 1, len(lines)) if lines[n].startswith(match["indent"] + "}")),
            len(lines) - 1,
        )
        found.append((number + 1, end - number + 1))
    return found


def functions_in(name: str, text: str) -> list[tuple[int, int]]:
    if name.endswith(CPP):
        return [(function.first_line, function.lines) for function in functions_of(text)]
    if name.endswith(SCRIPTS):
        return indented_functions(text, SCRIPT_FUNCTION)
    return indented_functions(text, SHELL_FUNCTION)


def faults(name: str, text: str) -> list[tuple[int, str]]:
    found = []
    lines = len(text.splitlines())
    if lines > FILE_LINES:
        found.append((1, f"{lines} lines; a file has at most {FILE_LINES}"))
    for line, length in functions_in(name, text):
        if length > FUNCTION_LINES:
            found.append((line, f"a function of {length} lines; at most {FUNCTION_LINES}"))
    return found


def check(house: House) -> list[Finding]:
    names = sorted(set(house.named(*FILE_ENDINGS) + house.shell_scripts()))
    return [
        Finding(name, line, fault)
        for name in names
        for line, fault in faults(name, house.text(name))
    ]
