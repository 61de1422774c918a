"""An await stands alone.

g++ 12.2 miscompiles common coroutine shapes (double free, use after free, no warning): aggregates
and capturing lambdas inside the awaited expression, awaits in a condition or a conditional
expression. So `co_await` may be only a whole statement, the whole right side of `=`, or the whole
operand of `co_return`, and its operand holds no `{`, `?` or `[`. This rule sees text, not types:
it refuses shapes that happen to be safe as well; naming one variable mends each.
"""

import re

from house import CPP, Finding, House
from source_text import CONTROL, code_of, header_before, line_of

AWAIT = re.compile(r"\bco_await\b")
COROUTINE_WORD = re.compile(r"\bco_(?:await|return|yield)\b")
OPERATOR_AFTER = re.compile(r"\|\||&&|==|!=|<=|>=|<<|\+|/|%|\^|(?<!-)-(?![->])| \* | & |\|")
LAMBDA = re.compile(r"\[(?P<captures>[^\[\]]*)\]\s*(?:<[^{}]*>\s*)?(?:\([^{}]*\))?[^{}()\[\]=;]*"
                    r"(?:->[^{};]*)?$")


def statement_begin(code: str, position: int) -> int:
    """After the last `;`, `{` or `}` outside of round brackets that closed before."""
    depth = 0
    while position > 0:
        char = code[position - 1]
        if char == ")":
            depth += 1
        elif char == "(":
            depth = max(0, depth - 1)
        elif depth == 0 and char in ";{}":
            return position
        position -= 1
    return 0


def statement_end(code: str, position: int) -> int:
    end = code.find(";", position)
    return len(code) if end == -1 else end


def without_labels_and_controls(prefix: str) -> str:
    """Takes off what may stand before a statement: labels, else, do, a finished `if (…)`."""
    while True:
        shorter = re.sub(r"^(?:case\b[^:;?]*(?:::[^:;?]*)*:(?!:)|default\s*:|else\b|do\b)", "", prefix)
        shorter = after_finished_control(shorter.strip())
        if shorter == prefix:
            return prefix
        prefix = shorter


def after_finished_control(prefix: str) -> str:
    match = re.match(r"(?:if(?:\s+constexpr)?|while|for|switch)\s*\(", prefix)
    if not match:
        return prefix
    depth = 0
    for position in range(match.end() - 1, len(prefix)):
        depth += {"(": 1, ")": -1}.get(prefix[position], 0)
        if depth == 0:
            return prefix[position + 1 :].strip()
    return prefix


def stands_alone(prefix: str) -> bool:
    prefix = without_labels_and_controls(prefix.strip())
    if prefix in ("", "co_return"):
        return True
    # A declaration or an assignment: one `=`, at its end, and no call or condition before it.
    return bool(re.fullmatch(r"[^=(){}?!]*[^=(){}?!<>+\-*/%&|^]\s*=|[^=(){}?!]*[>&*]\s+\w*\s*=", prefix))


def operand_fault(operand: str) -> str | None:
    for sign, meaning in (("{", "braces"), ("}", "the end of braces"), ("?", "a conditional"), ("[", "a lambda or subscript")):
        if sign in operand:
            return f"its operand holds {meaning} (`{sign}`)"
    if AWAIT.search(operand):
        return "its operand awaits again"
    depth = 0
    outside = ""
    for char in operand:
        depth += {"(": 1, ")": -1}.get(char, 0)
        if depth < 0:
            return "it is part of a larger expression"
        outside += char if depth == 0 else " " if char == "(" else ""
    if re.search(r",(?![^<]*>)", outside) or OPERATOR_AFTER.search(outside.strip()):
        return "it is part of a larger expression"
    return None


def await_faults(text: str) -> list[tuple[int, str]]:
    code = code_of(text)
    faults = []
    for match in AWAIT.finditer(code):
        prefix = code[statement_begin(code, match.start()) : match.start()]
        operand = code[match.end() : statement_end(code, match.end())]
        fault = None if stands_alone(prefix) else "it is part of a larger expression or a condition"
        fault = fault or operand_fault(operand)
        if fault:
            faults.append((line_of(code, match.start()), f"an await stands alone: {fault}"))
        if "async_read" in operand and "||" in operand:
            faults.append((line_of(code, match.start()), "a read raced with `||` breaks its stream"))
    return faults


def enclosing_lambda(code: str, position: int) -> re.Match[str] | None:
    """The lambda whose body holds this position, if the innermost function is one."""
    depth = 0
    while position > 0:
        position -= 1
        depth += {"}": 1, "{": -1}.get(code[position], 0)
        if depth < 0:
            depth = 0
            header, _ = header_before(code, position)
            if CONTROL.match(header) or not header:
                continue
            return LAMBDA.search(header)
    return None


def lambda_faults(text: str) -> list[tuple[int, str]]:
    code = code_of(text)
    faults = []
    for match in COROUTINE_WORD.finditer(code):
        found = enclosing_lambda(code, match.start())
        if found and found["captures"].strip():
            fault = f"a coroutine is a named function, not a lambda that captures [{found['captures']}]"
            faults.append((line_of(code, match.start()), fault))
    return faults


def detached_faults(text: str) -> list[tuple[int, str]]:
    code = code_of(text)
    message = "nothing is detached: what it throws would vanish"
    return [
        (line_of(code, match.start()), message)
        for match in re.finditer(r"\bdetached(?:_t)?\b|[.>]detach\s*\(", code)
    ]


def faults(text: str) -> list[tuple[int, str]]:
    return sorted(set(await_faults(text) + lambda_faults(text) + detached_faults(text)))


def check(house: House) -> list[Finding]:
    return [
        Finding(name, line, fault)
        for name in house.named(*CPP)
        for line, fault in faults(house.text(name))
    ]
