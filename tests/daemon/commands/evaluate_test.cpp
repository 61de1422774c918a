#include "daemon/commands/evaluate.hpp"
#include "daemon/commands/evaluate_file.hpp"

#include <catch2/catch.hpp>

#include <sstream>

namespace cartwatch::evaluate_test {

using namespace cartwatch::commands;

namespace {

struct Ran {
    int status;
    std::string out;
    std::string err;
};

Ran evaluate_text(const std::string& text, const char* as_of, bool strict = false) {
    std::istringstream in(text);
    std::ostringstream out;
    std::ostringstream err;
    EvaluateArguments arguments;
    arguments.file = "-";
    arguments.as_of = *parse_day(as_of);
    arguments.strict = strict;
    const int status = run_evaluate(arguments, in, out, err);
    return {status, out.str(), err.str()};
}

const std::string published =
    R"({"policy":{"check_interval_days":7,"delivery_days":1,"near_expiry_days":[180,90,30]},
 "cart":{"id":"OR-1","last_full_check":"2026-11-16","seal":{"number":"0457722","intact":true}},
 "lines":[{"id":"epi","product":"epinephrine-1mg","par":10,"critical":true,"function":"drugs",
           "holdings":[{"lot":"A1","last_usable_day":"2026-12-01","quantity":6,"damaged":1}]}],
 "devices":[{"id":"defib","critical":true,"function":"circulation","last_test":{"on":"2026-11-16","passed":true},
             "service_due":"2027-01-01","accessories":[{"id":"pads","last_usable_day":"2027-11-30"}]}],
 "recalls":[{"product":"epinephrine-1mg","lot":"Z9"}]})";

} // namespace

TEST_CASE("the published example is judged to the byte", "[evaluate]") {
    const Ran ran = evaluate_text(published, "2026-11-22");

    CHECK(ran.status == 0);
    CHECK(ran.err.empty());
    CHECK(
        ran.out
        == R"({"as_of":"2026-11-22","readiness":"degraded","functions":{"circulation":"ready","drugs":"degraded"},"ready_until":null,"rate":{"in_order":1,"required":2},"findings":[{"kind":"shortage","severity":"high","line":"epi","quantity":5,"reasons":{"damaged":1,"absent":4}},{"kind":"damaged","severity":"normal","line":"epi","lot":"A1","quantity":1},{"kind":"near_expiry","severity":"notice","line":"epi","lot":"A1","last_usable_day":"2026-12-01","days_left":9,"band":30}]})"
           "\n");
}

TEST_CASE("with --strict a cart that is not ready answers with status 1", "[evaluate]") {
    CHECK(evaluate_text(published, "2026-11-22", true).status == 1);
    const std::string ready = R"({"cart":{"id":"c","last_full_check":"2026-11-22"},"lines":[]})";
    CHECK(evaluate_text(ready, "2026-11-22", true).status == 0);
}

TEST_CASE("a file that breaks the schema is refused whole, naming its first fault", "[evaluate]") {
    struct Example {
        const char* name;
        const char* text;
        const char* says;
    };

    const auto example = GENERATE(values<Example>({
        {"not JSON", "{", "not JSON at byte 2"},
        {"nothing", "", "not JSON"},
        {"a byte order mark", "\xEF\xBB\xBF{}", "a byte order mark is no JSON"},
        {"a number that nothing can hold", R"({"lines":[7,1E999]})", "/lines/1"},
        {"such a number at the root", "1E999", "too great"},
        {"an array", "[]", "\"\": must be an object"},
        {"a member twice behind an earlier fault",
         R"({"lines":5,"cart":{"id":"c","id":"d"}})",
         "/lines: must be an array"},
        {"no cart", R"({"lines":[]})", "/cart: is missing"},
        {"no lines", R"({"cart":{"id":"c"}})", "/lines: is missing"},
        {"no id", R"({"cart":{},"lines":[]})", "/cart/id: is missing"},
        {"empty id", R"({"cart":{"id":""},"lines":[]})", "/cart/id: must have 1 to 200 bytes"},
        {"id of another type", R"({"cart":{"id":7},"lines":[]})", "/cart/id: must be text"},
        {"unknown member",
         R"({"cart":{"id":"c","sael":null},"lines":[]})",
         "/cart/sael: is not a member"},
        {"member twice",
         R"({"cart":{"id":"c"},"lines":[{"id":"a","product":"p","par":1,"par":2}]})",
         "/lines/0/par: stands here twice"},
        {"impossible date",
         R"({"cart":{"id":"c","last_full_check":"2026-02-30"},"lines":[]})",
         "/cart/last_full_check: must be a date"},
        {"par missing",
         R"({"cart":{"id":"c"},"lines":[{"id":"a","product":"p"}]})",
         "/lines/0/par: is missing"},
        {"par below its range",
         R"({"cart":{"id":"c"},"lines":[{"id":"a","product":"p","par":-1}]})",
         "/lines/0/par: must be a whole number from 0"},
        {"par as a fraction",
         R"({"cart":{"id":"c"},"lines":[{"id":"a","product":"p","par":1.0}]})",
         "/lines/0/par: must be a whole number"},
        {"par absurd",
         R"({"cart":{"id":"c"},"lines":[{"id":"a","product":"p","par":18446744073709551615}]})",
         "/lines/0/par: must be a whole number"},
        {"par as a structure",
         R"({"cart":{"id":"c"},"lines":[{"id":"a","product":"p","par":[[]]}]})",
         "/lines/0/par: must be a whole number from 0 to 10000, is an array"},
        {"more damaged than there are",
         R"({"cart":{"id":"c"},"lines":[{"id":"a","product":"p","par":1,"holdings":[{"lot":"L","quantity":2,"damaged":3}]}]})",
         "/lines/0/holdings/0/damaged: must be a whole number from 0 to 2"},
        {"a lot twice on a line",
         R"({"cart":{"id":"c"},"lines":[{"id":"a","product":"p","par":1,"holdings":[{"lot":"L","quantity":2},{"lot":"L","quantity":1}]}]})",
         "/lines/0/holdings/1/lot: \"L\" occurs on this line already"},
        {"an id twice",
         R"({"cart":{"id":"c"},"lines":[{"id":"a","product":"p","par":1}],"devices":[{"id":"a"}]})",
         "/devices/0/id: \"a\" is the id of another one"},
        {"null where none may be",
         R"({"cart":{"id":"c","seal":null},"lines":[]})",
         "/cart/seal: must be an object"},
        {"a pointer with a slash in it",
         R"({"cart":{"id":"c","a/b~c":1},"lines":[]})",
         "/cart/a~1b~0c: is not a member"},
        {"the first of two faults, in the order of the text",
         R"({"devices":[{"id":1}],"cart":{"id":2},"lines":[]})",
         "/devices/0/id: must be text"},
        {"what is missing stands at the end of its object",
         R"({"lines":[{"product":"p","par":"x"}],"cart":{"id":"c"}})",
         "/lines/0/par: must be a whole number"},
        {"an interval of no days",
         R"({"policy":{"check_interval_days":0},"cart":{"id":"c"},"lines":[]})",
         "/policy/check_interval_days: must be a whole number from 1"},
        {"a test without its outcome",
         R"({"cart":{"id":"c"},"lines":[],"devices":[{"id":"d","last_test":{"on":"2026-11-16"}}]})",
         "/devices/0/last_test/passed: is missing"},
        {"intact as a word",
         R"({"cart":{"id":"c","seal":{"number":"1","intact":"yes"}},"lines":[]})",
         "/cart/seal/intact: must be true or false"},
        {"bytes that are not UTF-8", "{\"cart\":{\"id\":\"\xC3\x28\"},\"lines\":[]}", "not JSON"},
    }));

    DYNAMIC_SECTION(example.name) {
        const Ran ran = evaluate_text(example.text, "2026-11-22");

        CHECK(ran.status == 2);
        CHECK(ran.out.empty());
        CHECK_THAT(ran.err, Catch::Matchers::Contains(example.says));
        CHECK(std::count(ran.err.begin(), ran.err.end(), '\n') == 1);
    }
}

TEST_CASE(
    "what may be left out has its default, and null where the contract says so", "[evaluate]") {
    const Ran bare = evaluate_text(
        R"({"cart":{"id":"c","last_full_check":null},"lines":[{"id":"a","product":"p","par":1,"holdings":[{"lot":"L","quantity":1,"last_usable_day":null}]}]})",
        "2026-11-22");

    CHECK(bare.status == 0);
    CHECK(
        bare.out
        == R"({"as_of":"2026-11-22","readiness":"overdue","functions":{},"ready_until":null,"rate":{"in_order":1,"required":1},"findings":[{"kind":"check_overdue","severity":"high"}]})"
           "\n");
}

TEST_CASE("garbage nested a million deep is refused, not followed", "[evaluate]") {
    const std::string deep = R"({"cart":{"id":"c"},"lines":[{"id":"a","product":"p","par":)"
                             + std::string(1'000'000, '[') + std::string(1'000'000, ']') + "}]}";
    CHECK(evaluate_text(deep, "2026-11-22").status == 2);
}

TEST_CASE("a file over the limit is refused by its size", "[evaluate]") {
    const Ran ran = evaluate_text(std::string(evaluate_file_bytes_max + 1, ' '), "2026-11-22");
    CHECK(ran.status == 2);
    CHECK_THAT(ran.err, Catch::Matchers::Contains("16 MiB"));
}

TEST_CASE("a file that is not there is said by name", "[evaluate]") {
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream err;
    const EvaluateArguments arguments{"no/such/file.json", *parse_day("2026-11-22"), false};
    CHECK(run_evaluate(arguments, in, out, err) == 2);
    CHECK_THAT(err.str(), Catch::Matchers::Contains("no/such/file.json"));
}

TEST_CASE("a substitute counts through the last day of the substitution", "[evaluate]") {
    struct Row {
        const char* name;
        const char* substitution; // of the file
        const char* as_of;
        const char* says;
    };

    const auto row = GENERATE(values<Row>({
        {"the last day",
         R"({"product":"epi","substitute":"norepi","until":"2026-11-24"})",
         "2026-11-24",
         R"("readiness":"ready","functions":{},"ready_until":"2026-11-24")"},
        {"the day after",
         R"({"product":"epi","substitute":"norepi","until":"2026-11-24"})",
         "2026-11-25",
         R"({"kind":"substitute_ended","severity":"normal","line":"epi","lot":"N7","quantity":2})"},
        {"another line",
         R"({"product":"epi","substitute":"norepi","until":"2026-11-24","line":"x"})",
         "2026-11-23",
         R"("readiness":"not_ready")"},
        {"the other way round",
         R"({"product":"norepi","substitute":"epi","until":"2026-11-24"})",
         "2026-11-23",
         R"("readiness":"not_ready")"},
        {"none", "", "2026-11-23", R"("readiness":"not_ready")"},
    }));
    DYNAMIC_SECTION(row.name) {
        const std::string file =
            R"({"cart":{"id":"c","last_full_check":"2026-11-20"},
                "lines":[{"id":"epi","product":"epi","par":2,"critical":true,"holdings":[
                {"lot":"N7","last_usable_day":"2028-12-31","quantity":2,"product":"norepi"}]}],
                "substitutions":[)"
            + std::string(row.substitution) + "]}";
        const Ran ran = evaluate_text(file, row.as_of);
        CHECK(ran.status == 0);
        CHECK_THAT(ran.out, Catch::Matchers::Contains(row.says));
    }
}

TEST_CASE("a substitution that does not say until when is refused", "[evaluate]") {
    const Ran ran = evaluate_text(
        R"({"cart":{"id":"c"},"lines":[],"substitutions":[{"product":"a","substitute":"b"}]})",
        "2026-11-22");
    CHECK(ran.status == 2);
    CHECK_THAT(ran.err, Catch::Matchers::Contains("/substitutions/0/until"));
}

} // namespace cartwatch::evaluate_test
