// The quick way to read JSON agrees with the strict one about every text.
#include "daemon/journal/json_tree.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

namespace cartwatch::json_tree_test {

using journal::JsonTree;

namespace {

constexpr std::size_t enough = 1'000'000;

// What a tree holds, written out again by another way.
nlohmann::json json_of(JsonTree::Value value) {
    if (const auto* text = value.text()) {
        return std::string(*text);
    }
    if (const auto* number = value.integer()) {
        return *number;
    }
    if (const auto truth = value.boolean()) {
        return *truth;
    }
    if (value.is_array()) {
        nlohmann::json list = nlohmann::json::array();
        value.each([&](JsonTree::Value element) {
            list.push_back(json_of(element));
            return true;
        });
        return list;
    }
    return nullptr;
}

std::string nested(int levels) {
    const auto count = static_cast<std::size_t>(levels);
    return std::string(count, '[') + std::string(count, ']');
}

} // namespace

TEST_CASE("a text in canonical form is read at once, as it is", "[journal]") {
    const std::string text = GENERATE(values<std::string>(
        {"0",
         "-1",
         "9007199254740992",
         "-9007199254740992",
         "true",
         "null",
         "\"\"",
         "\"肾上腺素 😀\"",
         R"("]d2\u001d01\"\\\b\f\n\r\t\u0000")",
         "\"\x7f/\"",
         "[]",
         "[1,[2,[\"a\",null]],false]",
         "[[],[],[0]]"}));
    INFO(text);

    const auto tree = JsonTree::of_canonical(text);

    REQUIRE(tree);
    CHECK(json_of(tree->root()) == journal::parse_strict_json(text, enough).value());
    CHECK(journal::canonical_json(json_of(tree->root())) == text);
}

TEST_CASE("members are found by name, whatever stands within the others", "[journal]") {
    const std::string text = R"({"a":{"b":1,"c":[{"b":2}]},"b":3,"\u001d":4,"药":"5"})";
    const auto tree = JsonTree::read(text, enough);
    REQUIRE(tree);
    const JsonTree::Value root = tree->root();

    CHECK(root.is_object());
    CHECK(root.size() == 4);
    CHECK(root.find("a")->find("c")->size() == 1);
    CHECK(*root.find("b")->integer() == 3);
    CHECK(*root.find("\x1d")->integer() == 4);
    CHECK(*root.find("药")->text() == "5");
    CHECK_FALSE(root.find("c"));
    CHECK_FALSE(root.find(""));
}

TEST_CASE("another form of the same is read as well, and is not canonical", "[journal]") {
    struct Example {
        const char* name;
        std::string text;
        std::string canonical;
    };

    const auto example = GENERATE(values<Example>({
        {"blanks", R"({ "a" : 1 })", R"({"a":1})"},
        {"a blank before", R"( {"a":1})", R"({"a":1})"},
        {"a line feed after", "{\"a\":1}\n", R"({"a":1})"},
        {"members in another order", R"({"b":1,"a":2})", R"({"a":2,"b":1})"},
        {"bytes order them, not letters", R"({"a":1,"B":2})", R"({"B":2,"a":1})"},
        {"an escape that need not be", R"({"\u0061":1})", R"({"a":1})"},
        {"an escape in capitals", R"(["\u001D"])", R"(["\u001d"])"},
        {"a longer escape", R"(["\u000a"])", R"(["\n"])"},
        {"a stroke with an escape", R"(["\/"])", R"(["/"])"},
        {"a character as two escapes", R"(["\ud83d\ude00"])", R"(["😀"])"},
        {"a negative zero", "[-0]", "[0]"},
        {"an escaped name behind a plain one", "{\"b\":1,\"\\u0061\":2}", R"({"a":2,"b":1})"},
    }));

    DYNAMIC_SECTION(example.name) {
        CHECK_FALSE(JsonTree::of_canonical(example.text));
        CHECK_FALSE(journal::is_canonical_object(example.text, journal::json_depth_max));
        const auto tree = JsonTree::read(example.text, enough);
        REQUIRE(tree);
        const auto known = journal::parse_strict_json(example.text, enough);
        CHECK(journal::canonical_json(known.value()) == example.canonical);
        CHECK(JsonTree::of_canonical(example.canonical));
    }
}

TEST_CASE("what is no JSON as we take it is refused as ever", "[journal][refusal]") {
    const std::string text = GENERATE(values<std::string>(
        {"",
         std::string("{\"a\":1}\0", 8),
         std::string("{\"a\":1}\0{\"b\":2}", 15),
         std::string("\0{\"a\":1}", 8),
         "\xEF\xBB\xBF{\"a\":1}",
         "{",
         "[1",
         "[1,]",
         "{\"a\"}",
         "{\"a\":}",
         "{\"a\":1,}",
         "{\"a\":1,\"a\":1}",
         "{a:1}",
         "01",
         "-",
         "--1",
         "+1",
         "1.5",
         "1e3",
         "9007199254740993",
         "99999999999999999999",
         "tru",
         "nullnull",
         "\"a",
         "\"\\x\"",
         "\"\\u00\"",
         "\"\\u00g1\"",
         "\"\xff\"",
         "\"\xc0\x80\"",
         "\"\xed\xa0\x80\"",
         "\"\xf0\x9f\x98\"",
         "\"a\tb\"",
         std::string("\"a\0b\"", 5),
         "[1]]",
         "[1] 2"}));
    INFO(text);

    CHECK_FALSE(JsonTree::of_canonical(text));
    const auto read = JsonTree::read(text, enough);
    const auto known = journal::parse_strict_json(text, enough);
    REQUIRE_FALSE(known);
    REQUIRE_FALSE(read);
    CHECK(read.error().code == known.error().code);
    CHECK(read.error().text == known.error().text);
}

TEST_CASE("a tree has the bounds of strict JSON", "[journal][limits]") {
    CHECK(JsonTree::of_canonical(nested(journal::json_depth_max)));
    CHECK_FALSE(JsonTree::of_canonical(nested(journal::json_depth_max + 1)));
    CHECK_FALSE(JsonTree::of_canonical(nested(400'000)));
    CHECK(JsonTree::of_canonical(nested(3), 3));
    CHECK_FALSE(JsonTree::of_canonical(nested(3), 2));
    CHECK(JsonTree::of_canonical("[[],[],[]]", 2));

    CHECK(JsonTree::read("[11]", 4));
    const auto over = JsonTree::read("[111]", 4);
    REQUIRE_FALSE(over);
    CHECK(over.error().code == ErrorCode::too_large);
}

TEST_CASE("a tree keeps what it read when it is moved", "[journal]") {
    std::vector<JsonTree> trees;
    const std::string loose = R"([ "a" , "\u001d" ])";
    for (int i = 0; i < 100; ++i) {
        trees.push_back(JsonTree::read(loose, enough).value());
        trees.push_back(JsonTree::of_canonical(R"(["a","\u001d"])").value());
    }
    for (const JsonTree& tree : trees) {
        CHECK(json_of(tree.root()) == nlohmann::json({"a", "\x1d"}));
    }
}

} // namespace cartwatch::json_tree_test
