"""C++ text without its comments and literals, and the functions in it.

Not a parser: it knows brackets, statements and the few words that open a block. That suffices for
rules about where a word may stand, and every rule's own tests say what it sees and what not.
"""

import re
from dataclasses import dataclass

LITERAL_OR_COMMENT = re.compile(
    r"""
      //[^\n]*
    | /\*.*?\*/
    | (?:u8|u|U|L)?R"(?P<mark>[^()\\\s]{0,16})\(.*?\)(?P=mark)"
    | "(?:\\.|[^"\\\n])*"
    | (?<![0-9A-Fa-f])'(?:\\.|[^'\\\n])+'
    """,
    re.VERBOSE | re.DOTALL,
)
PREPROCESSOR = re.compile(r"^[ \t]*#(?:[^\n\\]|\\.|\\\n)*", re.MULTILINE)


def blank(text: str) -> str:
    """As many characters and lines as before, all of them spaces."""
    return re.sub(r"[^\n]", " ", text)


def without_comments_and_literals(text: str) -> str:
    """Positions stay the same; a literal keeps its quotes, so that it still reads as an operand."""

    def replace(match: re.Match[str]) -> str:
        found = match.group()
        if found.startswith(("//", "/*")):
            return blank(found)
        return found[0] + blank(found[1:-1]) + found[-1]

    return LITERAL_OR_COMMENT.sub(replace, text)


def without_preprocessor(text: str) -> str:
    return PREPROCESSOR.sub(lambda match: blank(match.group()), text)


def code_of(text: str) -> str:
    """What the rules about statements read."""
    return without_preprocessor(without_comments_and_literals(text))


def line_of(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


@dataclass(frozen=True)
class Function:
    """One function, the bodies of its lambdas among its lines. Rows of a table are data, not steps:
    `lines` does not count them."""

    header: str
    first_line: int
    last_line: int
    table_lines: int = 0

    @property
    def lines(self) -> int:
        return self.last_line - self.first_line + 1 - self.table_lines


NOT_A_FUNCTION = re.compile(
    r"^(?:namespace|class|struct|union|enum|extern|export|requires|concept|else|do|try)\b"
)
ACCESS = re.compile(r"^\s*(?:(?:public|private|protected)\s*:(?!:)\s*)+")
CONTROL = re.compile(r"^(?:if|for|while|switch|catch|else|do|try)\b")


def header_before(code: str, brace: int) -> tuple[str, int]:
    """The text between the last statement's end and this brace, and where it begins."""
    begin = brace
    depth = 0
    while begin > 0:
        char = code[begin - 1]
        if char in ")]":
            depth += 1
        elif char in "([":
            depth -= 1
            if depth < 0:
                break
        elif depth == 0 and char in ";{}":
            break
        begin -= 1
    text = code[begin:brace]
    rest = ACCESS.sub("", text).lstrip()
    return rest.rstrip(), brace - len(rest)


def opens_function(header: str) -> bool:
    header = re.sub(r"^template\s*<[^{}]*?>\s*(?=\w)", "", header)
    if NOT_A_FUNCTION.match(header) or CONTROL.match(header):
        return False
    return "(" in header and not re.search(r"=\s*$|\breturn\b", header)


def functions_of(text: str) -> list[Function]:
    """Outermost functions only: what stands in a function's body is part of it."""
    code = code_of(text)
    found = []
    position = 0
    while (brace := code.find("{", position)) != -1:
        header, begin = header_before(code, brace)
        if not opens_function(header):
            position = brace + 1
            continue
        end = body_end(code, brace)
        first, last = line_of(code, begin), line_of(code, end)
        found.append(Function(" ".join(header.split()), first, last, table_lines(code[brace + 1 : end])))
        position = end + 1
    return found


def table_lines(body: str) -> int:
    """Lines of rows: each begins with `{` and something in it, and ends where that brace does."""
    count = 0
    depth = 0
    for line in body.splitlines():
        row = line.strip()
        if depth > 0 or (row.startswith("{") and row != "{"):
            count += 1
            depth += row.count("{") - row.count("}")
    return count


def body_end(code: str, brace: int) -> int:
    """A constructor's braced members come before its body."""
    end = matching_brace(code, brace)
    while (after := re.compile(r"\s*[,{]").match(code, end + 1)) is not None:
        if (brace := code.find("{", after.end() - 1)) == -1:
            break
        end = matching_brace(code, brace)
    return end


def matching_brace(code: str, brace: int) -> int:
    depth = 0
    for position in range(brace, len(code)):
        if code[position] == "{":
            depth += 1
        elif code[position] == "}":
            depth -= 1
            if depth == 0:
                return position
    return len(code) - 1
