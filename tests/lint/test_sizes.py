"""The size rule just under, at and just over its limits, in each language it reads."""

import unittest

import sizes
from source_text import functions_of


def cpp_function(lines: int, header: str = "int f(int x)") -> str:
    return f"{header} {{\n" + "    x += 1;\n" * (lines - 2) + "}\n"


def script_function(lines: int, header: str) -> str:
    return f"{header} {{\n" + "    x += 1;\n" * (lines - 2) + "}\n"


class Files(unittest.TestCase):
    def test_a_file_has_at_most_500_lines(self) -> None:
        for lines, found in ((499, 0), (500, 0), (501, 1), (5000, 1)):
            for name in ("a.cpp", "a.ts", "a.sh", "a.py"):
                with self.subTest(name=name, lines=lines):
                    self.assertEqual(len(sizes.faults(name, "// x\n" * lines)), found)


CPP_HEADERS = (
    "int f(int x)",
    "Result<int> Store::read(int x) const noexcept",
    "auto f(int x) -> std::vector<int>",
    "template <class T>\nstatic int f(T x)",
    "Store::Store(int x) : x_(x), y_{1}",
    'TEST_CASE("a sentence (with brackets)", "[tag]")',
    "awaitable<void> run(Link& link)",
    "bool operator==(const A& a, const B& b)",
    "[[nodiscard]] int f(\n    int x,\n    int y)",
)
SCRIPT_HEADERS = (
    "export async function load(x: number): Promise<void>",
    "function f(x)",
    "export const f = (x: number) =>",
    "const f = async (x: number): Promise<void> =>",
)


class Functions(unittest.TestCase):
    def check_limits(self, name: str, make) -> None:
        for lines, found in ((69, 0), (70, 0), (71, 1), (400, 1)):
            with self.subTest(name=name, lines=lines):
                self.assertEqual(len(sizes.faults(name, make(lines))), found)

    def test_a_cpp_function_has_at_most_70_lines(self) -> None:
        for header in CPP_HEADERS:
            extra = header.count("\n")
            self.check_limits("a.cpp", lambda lines: cpp_function(lines - extra, header))

    def test_a_script_function_has_at_most_70_lines(self) -> None:
        for header in SCRIPT_HEADERS:
            self.check_limits("a.tsx", lambda lines: script_function(lines, header))

    def test_a_method_has_at_most_70_lines(self) -> None:
        body = "        x += 1;\n" * 69
        text = f"class A {{\n    private async run(x: number): void {{\n{body}    }}\n}}\n"
        self.assertEqual(len(sizes.faults("a.ts", text)), 1)

    def test_a_shell_function_has_at_most_70_lines(self) -> None:
        self.check_limits("a.sh", lambda lines: "f() {\n" + "    true\n" * (lines - 2) + "}\n")

    def test_functions_inside_namespaces_and_classes_are_each_counted(self) -> None:
        text = (
            "namespace cartwatch {\nclass A : public B {\npublic:\n    int f() { return 1; }\n"
            "    int g() {\n        if (a) {\n        }\n        return 2;\n    }\n"
            "private:\n    std::array<int, 2> x_{1, 2};\n};\n}\n"
        )
        self.assertEqual([function.lines for function in functions_of(text)], [1, 5])

    def test_a_table_is_not_a_function(self) -> None:
        text = "constexpr std::array rows = {\n" + '    Row{"01", size(2)},\n' * 200 + "};\n"
        self.assertEqual(sizes.faults("a.cpp", text), [])

    def test_rows_of_a_table_in_a_function_are_data(self) -> None:
        rows = '        {"one", 1},\n        {"two",\n         {2, 3}},\n' * 60
        text = f"void f() {{\n    const auto all = table({{\n{rows}    }});\n    run(all);\n}}\n"
        self.assertEqual([function.lines for function in functions_of(text)], [5])

    def test_a_block_of_its_own_is_not_a_table(self) -> None:
        text = "void f() {\n    {\n" + "        x += 1;\n" * 70 + "    }\n}\n"
        self.assertEqual(len(sizes.faults("a.cpp", text)), 1)

    def test_brackets_in_literals_do_not_count(self) -> None:
        text = "int f() {\n    return g('}', \"{{{\", R\"(}})\", 1'000'000);\n}\nint g() {\n}\n"
        self.assertEqual([function.lines for function in functions_of(text)], [3, 2])


if __name__ == "__main__":
    unittest.main()
