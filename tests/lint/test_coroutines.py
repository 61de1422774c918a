"""The await rule on shapes that g++ 12.2 breaks, and on those that it builds right."""

import unittest

from coroutines import faults

BAD = {
    "a braced aggregate in an awaited call": "co_await f(Agg{s, 1});",
    "a bare braced list": "co_await f({s, 1});",
    "designated members": "co_await f({.host = s});",
    "a capturing lambda in an awaited call": "co_await f([c] { return c; });",
    "a conditional operand": "co_await f(yes ? a : b);",
    "a conditional around": "auto x = yes ? co_await a() : b;",
    "an aggregate around an await": "Agg g{.a = co_await x()};",
    "a returned aggregate around an await": "co_return Agg{co_await s(), 1};",
    "two awaits in one expression": "f(co_await a(), co_await b());",
    "an await as an argument": "co_spawn(co_await this_coro::executor, run(), token);",
    "an if condition": "if (co_await ready()) { go(); }",
    "an if condition over lines": "if (first\n    && co_await ready()) { go(); }",
    "a while condition": "while (co_await next()) { go(); }",
    "a switch condition": "switch (co_await next()) { default: break; }",
    "an if with initialiser": "if (auto x = co_await next(); x) { go(); }",
    "a range-for": "for (auto x : co_await all()) { go(); }",
    "an await of an await": "co_await f(co_await g());",
    "a sum": "x = co_await a() + 1;",
    "a comparison": "ok = co_await a() == 1;",
    "a negation": "ok = !co_await a();",
    "a compound assignment": "x += co_await a();",
    "a member of an awaited value": "x = (co_await a()).size;",
    "a subscript": "co_await f(all[0]);",
    "a push_back": "v.push_back({co_await x(), 1});",
    "a coroutine lambda that captures": "auto f = [this]() -> awaitable<void> { co_return; };",
    "such a lambda with an await inside an if": "auto f = [&](int n) -> A { if (n) { co_await x(); } };",
    "detached": "co_spawn(executor, run(), detached);",
    "asio::detached": "co_spawn(executor, run(), asio::detached);",
    "a detached thread": "worker.detach();",
    "a raced read": "auto won = co_await (ws.async_read(buffer, token) || timer.async_wait(token));",
}

GOOD = {
    "a whole statement": "co_await timer.async_wait(use_awaitable);",
    "a declaration": "const auto size = co_await read(stream, buffer);",
    "a template type": "const Result<std::vector<int>> all = co_await read_all(stream);",
    "a structured binding": "auto [error, size] = co_await read(stream, as_tuple(use_awaitable));",
    "an assignment": "size_ = co_await read(stream);",
    "a reference": "auto&& value = co_await read(stream);",
    "a pointer": "const Entry* entry = co_await next(stream);",
    "a member": "this->state.size = co_await read(stream);",
    "a returned await": "co_return co_await read(stream);",
    "an operand in round brackets": "co_await (reader() || writer());",
    "an if before": "if (open) co_await close();",
    "an else before": "if (a) { b(); } else co_await close();",
    "after a label": "switch (x) { case Kind::a: co_await one(); break; default: co_await two(); }",
    "after a block": "{ auto x = 1; }\nco_await close();",
    "nested calls": "auto x = co_await f(g(h(1)), std::move(y));",
    "a comment with every sign": "co_await f(); // {?[ co_await g() ? 1 : 2\n",
    "a string with every sign": 'co_await f("{?[ co_await");',
    "a raw string": 'co_await f(R"({"a": [1]})");',
    "an aggregate named first": "Agg agg{1, 2};\nco_await f(std::move(agg));",
    "a lambda without captures": "auto f = [](int n) -> awaitable<void> { co_await x(n); };",
    "a capturing lambda without await": "auto f = [this] { return 1; };\nco_await g(f);",
    "a function": "awaitable<void> Link::run(int n) {\n    if (n) {\n        co_await x();\n    }\n}",
    "an attribute": "[[nodiscard]] awaitable<void> run(int n) { co_await x(n); }",
    "a word that only looks like it": "bool semidetached = true;",
}


def in_a_function(statement: str) -> str:
    return f"awaitable<void> run() {{\n    {statement}\n}}\n"


class AwaitRule(unittest.TestCase):
    def test_shapes_that_break_are_found(self) -> None:
        for name, statement in BAD.items():
            with self.subTest(name):
                self.assertTrue(faults(in_a_function(statement)))

    def test_shapes_that_hold_are_left_alone(self) -> None:
        for name, statement in GOOD.items():
            with self.subTest(name):
                self.assertEqual(faults(in_a_function(statement)), [])

    def test_a_fault_names_its_line(self) -> None:
        self.assertEqual(faults("\n\nvoid f() {\n  co_await f({1});\n}\n")[0][0], 4)


if __name__ == "__main__":
    unittest.main()
