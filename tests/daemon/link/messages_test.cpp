#include "daemon/link/messages.hpp"
#include "scanner/values/text.hpp"
#include "tests/daemon/link/link_kit.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::messages_test {

namespace {

const std::string some_hash(64, 'a');

std::string nested(int levels) {
    const auto count = static_cast<std::size_t>(levels);
    return R"({"type":"ping","x":)" + std::string(count, '[') + std::string(count, ']') + "}";
}

} // namespace

TEST_CASE("each line of the link is read as what it says", "[link][messages]") {
    struct Example {
        const char* line;
        link::Message expected;
    };

    const auto example = GENERATE(values<Example>({
        {R"({"type":"hello","protocol":1,"node":"ward-3f","have":{"pharmacy":88}})",
         link::Hello{1, "ward-3f", {{"pharmacy", {88, ""}}}}},
        {R"({"type":"hello","protocol":2,"node":"a","have":{},"later":{"x":[1,null]}})",
         link::Hello{2, "a", {}}},
        {R"({"type":"ack","seq":1201})", link::Ack{1201}},
        {R"( { "seq" : 0 , "type" : "ack" } )", link::Ack{0}},
        {R"({"type":"ping"})", link::Ping{}},
        {R"({"type":"pong","at":"now"})", link::Pong{}},
        {R"({"type":"error","code":"gap","text":"第7条缺失"})", link::Fault{"gap", "第7条缺失"}},
        {R"({"type":"weather","text":"fair"})", link::UnknownMessage{"weather"}},
    }));

    DYNAMIC_SECTION(example.line) {
        const auto read = link::parse_message(example.line);
        REQUIRE(read);
        CHECK(*read == example.expected);
    }
}

TEST_CASE("a hello may tell the hash of what it has", "[link][messages]") {
    const link::Hello hello{1, "ward-3f", {{"pharmacy", {88, some_hash}}, {"other", {2, ""}}}};

    const std::string line = link::to_line(hello);

    CHECK(
        line
        == R"({"type":"hello","protocol":1,"node":"ward-3f","have":{"other":2,"pharmacy":88},)"
           R"("have_hash":{"pharmacy":")"
               + some_hash + R"("}})");
    CHECK(link::parse_message(line) == link::Message(hello));
}

TEST_CASE("a hello may bear the mark of what it has", "[link][messages]") {
    const std::string some_mark(journal::mark_digits, 'b');
    const link::Hello hello{1, "ward-3f", {{"pharmacy", {88, some_hash, some_mark}}}};

    const std::string line = link::to_line(hello);

    CHECK(
        line
        == R"({"type":"hello","protocol":1,"node":"ward-3f","have":{"pharmacy":88},)"
           R"("have_hash":{"pharmacy":")"
               + some_hash + R"("},"have_mark":{"pharmacy":")" + some_mark + R"("}})");
    CHECK(link::parse_message(line) == link::Message(hello));
}

TEST_CASE("what is written is what is read", "[link][messages]") {
    const link::Fault fault{"fork", "line\nbreak, \"quoted\", 药房"};

    CHECK(link::to_line(link::Ack{7}) == R"({"type":"ack","seq":7})");
    CHECK(link::to_line(link::Ping{}) == R"({"type":"ping"})");
    CHECK(link::to_line(link::Pong{}) == R"({"type":"pong"})");
    CHECK(link::to_line(fault).find('\n') == std::string::npos);
    CHECK(link::parse_message(link::to_line(fault)) == link::Message(fault));
}

TEST_CASE("an entry keeps its form on the way", "[link][messages]") {
    const journal::Entry entry = link_kit::entry_after({}, "ward-3f", R"({"a":"肾上腺素"})");
    const std::string line = journal::to_line(entry);

    CHECK(link::parse_message(line) == link::Message(entry));
    CHECK(link::parse_message("  " + line) == link::Message(entry));
    CHECK(line.starts_with(R"({"type":"entry",)"));
}

TEST_CASE(
    "a line that is not as described is refused, and not JSON is told from the rest",
    "[link][messages]") {
    struct Example {
        std::string line;
        bool json;
    };

    const auto example = GENERATE(values<Example>({
        {"", false},
        {"hello", false},
        {"{", false},
        {R"({"type":"ping"} {"type":"ping"})", false},
        {"{\"type\":\"ping\",\"x\":\"\xff\"}", false},
        {std::string("{\"type\":\"ping\"\0}", 16), false},
        {R"({"type":"ping","x":1e400})", false},
        {R"({"type":"ping","type":"pong"})", false},
        {nested(33), false},
        {nested(1'000), false},
        {"[]", true},
        {"7", true},
        {"{}", true},
        {R"({"type":7})", true},
        {R"({"type":"ack"})", true},
        {R"({"type":"ack","seq":-1})", true},
        {R"({"type":"ack","seq":"7"})", true},
        {R"({"type":"ack","seq":null})", true},
        {R"({"type":"hello","node":"a","have":{}})", true},
        {R"({"type":"hello","protocol":0,"node":"a","have":{}})", true},
        {R"({"type":"hello","protocol":"1","node":"a","have":{}})", true},
        {R"({"type":"hello","protocol":1,"node":"","have":{}})", true},
        {R"({"type":"hello","protocol":1,"node":"a b","have":{}})", true},
        {R"({"type":"hello","protocol":1,"node":7,"have":{}})", true},
        {R"({"type":"hello","protocol":1,"node":")" + std::string(65, 'a') + R"(","have":{}})",
         true},
        {R"({"type":"hello","protocol":1,"node":"a"})", true},
        {R"({"type":"hello","protocol":1,"node":"a","have":[1]})", true},
        {R"({"type":"hello","protocol":1,"node":"a","have":{"b":-1}})", true},
        {R"({"type":"hello","protocol":1,"node":"a","have":{"b c":1}})", true},
        {R"({"type":"hello","protocol":1,"node":"a","have":{"b":1},"have_hash":7})", true},
        {R"({"type":"hello","protocol":1,"node":"a","have":{"b":1},"have_hash":{"b":"00"}})", true},
        {R"({"type":"hello","protocol":1,"node":"a","have":{},"have_hash":{"b":"00"}})", true},
        {R"({"type":"hello","protocol":1,"node":"a","have":{"b":1},"have_mark":7})", true},
        {R"({"type":"hello","protocol":1,"node":"a","have":{"b":1},"have_mark":{"b":"00"}})", true},
        {R"({"type":"hello","protocol":1,"node":"a","have":{"b":1},"have_mark":{"b":null}})", true},
        {R"({"type":"hello","protocol":1,"node":"a","have":{},"have_mark":{"b":"00"}})", true},
        {R"({"type":"error","code":"gap"})", true},
        {R"({"type":"error","code":7,"text":"x"})", true},
        {R"({"type":"entry","node":"a"})", true},
        {R"({"seq":1,"type":"entry"})", true},
    }));

    DYNAMIC_SECTION(shortened(example.line, 90)) {
        const auto read = link::parse_message(example.line);
        REQUIRE_FALSE(read);
        CHECK(read.error().code == ErrorCode::bad_input);
        CHECK_FALSE(read.error().text.empty());
        CHECK(link::is_json(example.line) == example.json);
    }
}

TEST_CASE("a line over the limit is not looked into", "[link][messages]") {
    const std::string at_limit =
        R"({"type":"ping","x":")" + std::string(link::line_bytes_max - 22, 'x') + R"("})";
    REQUIRE(at_limit.size() == link::line_bytes_max);

    CHECK(link::parse_message(at_limit) == link::Message(link::Ping{}));
    const auto over = link::parse_message(at_limit + " ");
    REQUIRE_FALSE(over);
    CHECK(over.error().code == ErrorCode::too_large);
}

TEST_CASE("a peer's words are cut before they are shown", "[link][messages]") {
    const std::string long_text(5'000, 'x');
    const auto read = link::parse_message(
        R"({"type":"error","code":")" + long_text + R"(","text":")" + long_text + R"("})");

    REQUIRE(read);
    const auto& fault = std::get<link::Fault>(*read);
    CHECK(fault.code.size() <= 40);
    CHECK(fault.text.size() <= link::error_text_bytes_max);
    CHECK(link::parse_message(link::to_line(fault)) == *read);
    CHECK(link::to_line(link::Fault{"gap", long_text}).size() < 400);
}

TEST_CASE("a node's name is short and plain", "[link][messages]") {
    CHECK(link::is_node_name("a"));
    CHECK(link::is_node_name("Ward-3f_north.2"));
    CHECK(link::is_node_name(std::string(64, 'a')));
    CHECK_FALSE(link::is_node_name(""));
    CHECK_FALSE(link::is_node_name(std::string(65, 'a')));
    CHECK_FALSE(link::is_node_name("ward 3"));
    CHECK_FALSE(link::is_node_name("三楼"));
}

} // namespace cartwatch::messages_test
