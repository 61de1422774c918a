#include "evaluate_kit.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::evaluate_test {

using namespace cartwatch::readiness;

namespace {

// "severity kind subject" of each finding, in order.
std::vector<std::string> findings_of(const Judgement& judgement) {
    std::vector<std::string> texts;
    for (const Finding& finding : judgement.findings) {
        std::string text =
            std::string(to_text(finding.severity)) + " " + std::string(to_text(finding.kind));
        for (const std::string& part : {finding.line, finding.device, finding.accessory}) {
            text += part.empty() ? "" : " " + part;
        }
        text += finding.lot ? "/" + *finding.lot : "";
        text += finding.quantity ? " " + std::to_string(*finding.quantity) : "";
        texts.push_back(text);
    }
    return texts;
}

using Texts = std::vector<std::string>;

} // namespace

TEST_CASE("an expiry is usable through its last usable day and not after", "[evaluate][expiry]") {
    struct Example {
        const char* name;
        Day last_usable_day;
        bool expired;
    };

    const auto example = GENERATE(values<Example>({
        {"tomorrow", day("2026-11-23"), false},
        {"today", day("2026-11-22"), false},
        {"yesterday", day("2026-11-21"), true},
        {"a century ago", day("1926-11-22"), true},
    }));

    DYNAMIC_SECTION(example.name) {
        Cart cart = checked_cart();
        cart.lines = {line("epi", 5, true, {holding("A", 5, example.last_usable_day)})};
        const Judgement judgement = judge(cart);

        CHECK((judgement.readiness == Readiness::not_ready) == example.expired);
        CHECK(judgement.in_order == (example.expired ? 0 : 1));
        if (example.expired) {
            CHECK(
                findings_of(judgement)
                == Texts{"critical shortage epi 5", "normal expired epi/A 5"});
        }
    }
}

TEST_CASE("a holding without a last usable day does not expire", "[evaluate][expiry]") {
    Cart cart = checked_cart();
    cart.lines = {line("handle", 1, true, {holding("A", 1)})};
    CHECK(judge(cart, {}, day("2026-11-29")).findings.empty());
}

TEST_CASE("a recall takes the lot that it names, or every lot of the product", "[evaluate]") {
    struct Example {
        const char* name;
        Recall recall;
        Texts findings;
    };

    const auto example = GENERATE(values<Example>({
        {"its lot", {"product-of-a", "L1"}, {"high shortage a 2", "normal recalled a/L1 2"}},
        {"another lot", {"product-of-a", "L9"}, {}},
        {"another product's same lot", {"product-of-b", "L1"}, {}},
        {"no lot",
         {"product-of-a", ""},
         {"critical shortage a 5", "normal recalled a/L1 2", "normal recalled a/L2 3"}},
    }));

    DYNAMIC_SECTION(example.name) {
        Cart cart = checked_cart();
        cart.lines = {line("a", 5, true, {holding("L1", 2), holding("L2", 3)})};
        CHECK(findings_of(judge(cart, {example.recall})) == example.findings);
    }
}

TEST_CASE("units without a lot are in doubt under a recall of one lot", "[evaluate]") {
    struct Example {
        const char* name;
        Holding held;
        std::vector<Recall> recalls;
        Texts findings;
    };

    Holding damaged = holding("", 5);
    damaged.damaged = 2;
    const auto example = GENERATE_COPY(values<Example>({
        {"one lot", holding("", 5), {{"product-of-a", "L1"}}, {"normal recall_possible a/ 5"}},
        {"two lots, said once",
         holding("", 5),
         {{"product-of-a", "L1"}, {"product-of-a", "L2"}},
         {"normal recall_possible a/ 5"}},
        {"every lot",
         holding("", 5),
         {{"product-of-a", "L1"}, {"product-of-a", ""}},
         {"critical shortage a 5", "normal recalled a/ 5"}},
        {"another product's", holding("", 5), {{"product-of-b", "L1"}}, {}},
        {"another lot is known", holding("L9", 5), {{"product-of-a", "L1"}}, {}},
        {"expired anyway",
         holding("", 5, day("2026-01-01")),
         {{"product-of-a", "L1"}},
         {"critical shortage a 5", "normal expired a/ 5"}},
        {"the damaged ones go anyway",
         damaged,
         {{"product-of-a", "L1"}},
         {"high shortage a 2", "normal damaged a/ 2", "normal recall_possible a/ 3"}},
        {"none there", holding("", 0), {{"product-of-a", "L1"}}, {"critical shortage a 5"}},
    }));

    DYNAMIC_SECTION(example.name) {
        Cart cart = checked_cart();
        cart.lines = {line("a", 5, true, {example.held})};
        const Judgement judgement = judge(cart, example.recalls);
        CHECK(findings_of(judgement) == example.findings);
        CHECK((judgement.readiness == Readiness::ready) == example.findings.empty());
    }
}

TEST_CASE("recalled comes before expired, expired before damaged", "[evaluate]") {
    Cart cart = checked_cart();
    Holding both = holding("L1", 4, day("2026-01-01"));
    both.damaged = 2;
    cart.lines = {line("a", 4, false, {both})};

    CHECK(
        findings_of(judge(cart, {{"product-of-a", "L1"}}))
        == Texts{"normal recalled a/L1 4", "normal shortage a 4"});
    CHECK(findings_of(judge(cart)) == Texts{"normal expired a/L1 4", "normal shortage a 4"});
}

TEST_CASE("units of no quantity are no finding", "[evaluate]") {
    Cart cart = checked_cart();
    cart.lines = {line("a", 0, true, {holding("old", 0, day("2026-01-01"))})};
    const Judgement judgement = judge(cart);
    CHECK(judgement.findings.empty());
    CHECK(judgement.ready_until == day("2026-11-29"));
}

TEST_CASE("a shortage is par less usable, and its severity follows the line", "[evaluate]") {
    struct Example {
        const char* name;
        int quantity;
        int par;
        bool critical;
        Texts findings;
        Readiness readiness;
    };

    const auto example = GENERATE(values<Example>({
        {"complete", 5, 5, true, {}, Readiness::ready},
        {"one short of a critical line", 4, 5, true, {"high shortage a 1"}, Readiness::degraded},
        {"the last unit of a critical line",
         1,
         5,
         true,
         {"high shortage a 4"},
         Readiness::degraded},
        {"a critical line empty", 0, 5, true, {"critical shortage a 5"}, Readiness::not_ready},
        {"another line short", 4, 5, false, {"normal shortage a 1"}, Readiness::degraded},
        {"another line empty", 0, 5, false, {"normal shortage a 5"}, Readiness::degraded},
        {"one over", 6, 5, true, {"notice surplus a 1"}, Readiness::ready},
        {"far over", 99'999, 5, true, {"notice surplus a 99994"}, Readiness::ready},
        {"nothing required, nothing there", 0, 0, true, {}, Readiness::ready},
    }));

    DYNAMIC_SECTION(example.name) {
        Cart cart = checked_cart();
        cart.lines = {line("a", example.par, example.critical, {holding("L", example.quantity)})};
        const Judgement judgement = judge(cart);
        CHECK(findings_of(judgement) == example.findings);
        CHECK(judgement.readiness == example.readiness);
    }
}

TEST_CASE("reasons split a shortage exactly, recalled first and absence last", "[evaluate]") {
    struct Example {
        const char* name;
        int recalled;
        int expired;
        int damaged;
        int usable;
        int par;
        Reasons reasons;
    };

    const auto example = GENERATE(values<Example>({
        {"each has its part", 1, 2, 3, 0, 10, {1, 2, 3, 4}},
        {"recalled takes it all", 9, 2, 3, 1, 5, {4, 0, 0, 0}},
        {"expired takes the rest", 1, 9, 3, 1, 5, {1, 3, 0, 0}},
        {"damaged takes the rest", 1, 1, 9, 1, 5, {1, 1, 2, 0}},
        {"only absent", 0, 0, 0, 1, 5, {0, 0, 0, 4}},
    }));

    DYNAMIC_SECTION(example.name) {
        Cart cart = checked_cart();
        Holding rest = holding("C", example.usable + example.damaged);
        rest.damaged = example.damaged;
        cart.lines = {line(
            "a",
            example.par,
            false,
            {holding("A", example.recalled),
             holding("B", example.expired, day("2026-01-01")),
             rest})};
        const Judgement judgement = judge(cart, {{"product-of-a", "A"}});

        const auto shortage = std::find_if(
            judgement.findings.begin(), judgement.findings.end(), [](const Finding& finding) {
                return finding.kind == FindingKind::shortage;
            });
        REQUIRE(shortage != judgement.findings.end());
        CHECK(shortage->reasons == example.reasons);
        CHECK(
            *shortage->quantity
            == shortage->reasons->recalled + shortage->reasons->expired + shortage->reasons->damaged
                   + shortage->reasons->absent);
    }
}

TEST_CASE("near expiry names the narrowest band that holds the days left", "[evaluate][expiry]") {
    struct Example {
        int days_left;
        std::optional<int> band;
    };

    const auto example = GENERATE(values<Example>({
        {0, 30},
        {29, 30},
        {30, 30},
        {31, 90},
        {90, 90},
        {91, 180},
        {180, 180},
        {181, std::nullopt},
        {9'000, std::nullopt},
    }));

    DYNAMIC_SECTION(example.days_left << " days") {
        Cart cart = checked_cart();
        cart.lines = {
            line("a", 1, true, {holding("L", 1, today + std::chrono::days{example.days_left})})};
        Policy policy;
        policy.near_expiry_days = {90, 30, 180}; // in any order
        const Judgement judgement = evaluate(cart, policy, {}, today);

        std::optional<int> band;
        for (const Finding& finding : judgement.findings) {
            if (finding.kind == FindingKind::near_expiry) {
                CHECK(finding.days_left == example.days_left);
                band = finding.band;
            }
        }
        CHECK(band == example.band);
        CHECK(judgement.readiness == Readiness::ready);
    }
}

TEST_CASE("without bands nothing is near its expiry", "[evaluate][expiry]") {
    Cart cart = checked_cart();
    cart.lines = {line("a", 1, true, {holding("L", 1, day("2026-12-20"))})};
    Policy policy;
    policy.near_expiry_days.clear();
    CHECK(evaluate(cart, policy, {}, today).findings.empty());
}

TEST_CASE(
    "what expires before a replacement could come with the next check is said", "[evaluate]") {
    // Due 2026-11-29, delivery takes a day: usable on 2026-11-30 is early enough.
    struct Example {
        const char* last_usable_day;
        bool said;
    };

    const auto example = GENERATE(values<Example>({
        {"2026-11-22", true},
        {"2026-11-28", true},
        {"2026-11-29", true},
        {"2026-11-30", false},
        {"2026-12-01", false},
    }));

    DYNAMIC_SECTION(example.last_usable_day) {
        Cart cart = checked_cart();
        cart.lines = {line("a", 1, true, {holding("L", 1, day(example.last_usable_day))})};
        Policy policy;
        policy.near_expiry_days.clear();
        CHECK(
            findings_of(evaluate(cart, policy, {}, today))
            == (example.said ? Texts{"notice expires_before_next_check a/L"} : Texts{}));
    }
}

TEST_CASE("units that are all damaged are not near their expiry", "[evaluate]") {
    Cart cart = checked_cart();
    Holding damaged = holding("L", 2, day("2026-11-25"));
    damaged.damaged = 2;
    cart.lines = {line("a", 0, false, {damaged})};
    CHECK(findings_of(judge(cart)) == Texts{"normal damaged a/L 2"});
}

TEST_CASE("a device is judged by its test, its service and its accessories", "[evaluate][device]") {
    struct Example {
        const char* name;
        void (*change)(Device&);
        Texts if_critical;
        Texts otherwise;
    };

    const auto example = GENERATE(values<Example>({
        {"tested today", [](Device&) {}, {}, {}},
        {"tested seven days ago", [](Device& d) { d.last_test->on = day("2026-11-15"); }, {}, {}},
        {"tested eight days ago",
         [](Device& d) { d.last_test->on = day("2026-11-14"); },
         {"high device_untested d"},
         {"normal device_untested d"}},
        {"never tested",
         [](Device& d) { d.last_test.reset(); },
         {"high device_untested d"},
         {"normal device_untested d"}},
        {"failed",
         [](Device& d) { d.last_test->passed = false; },
         {"critical device_failed d"},
         {"normal device_failed d"}},
        {"failed long ago",
         [](Device& d) {
             d.last_test = DeviceTest{day("2026-01-01"), false};
         },
         {"critical device_failed d", "high device_untested d"},
         {"normal device_failed d", "normal device_untested d"}},
        {"service due today", [](Device& d) { d.service_due = today; }, {}, {}},
        {"service due yesterday",
         [](Device& d) { d.service_due = day("2026-11-21"); },
         {"high service_overdue d"},
         {"normal service_overdue d"}},
        {"accessory usable today and not tomorrow",
         [](Device& d) {
             d.accessories = {{"pads", {}, today}};
         },
         {"notice expires_before_next_check d pads", "notice near_expiry d pads"},
         {"notice expires_before_next_check d pads", "notice near_expiry d pads"}},
        {"accessory expired yesterday",
         [](Device& d) {
             d.accessories = {{"pads", {}, day("2026-11-21")}};
         },
         {"critical accessory_expired d pads"},
         {"normal accessory_expired d pads"}},
        {"accessory that does not expire",
         [](Device& d) {
             d.accessories = {{"bag", {}, std::nullopt}};
         },
         {},
         {}},
    }));
    const bool critical = GENERATE(true, false);

    DYNAMIC_SECTION(example.name << (critical ? ", critical" : "")) {
        Cart cart = checked_cart();
        cart.devices = {device("d", critical)};
        example.change(cart.devices[0]);
        const Judgement judgement = judge(cart);

        const Texts& expected = critical ? example.if_critical : example.otherwise;
        CHECK(findings_of(judgement) == expected);
        const bool in_order = expected.empty() || expected[0].rfind("notice", 0) == 0;
        CHECK(judgement.in_order == (in_order ? 1 : 0));
    }
}

TEST_CASE("nobody knows what is in a cart that is overdue or whose seal is broken", "[evaluate]") {
    struct Example {
        const char* name;
        std::optional<Day> last_full_check;
        std::optional<Seal> seal;
        Texts findings;
    };

    const auto example = GENERATE(values<Example>({
        {"due today", day("2026-11-15"), std::nullopt, {}},
        {"due yesterday", day("2026-11-14"), std::nullopt, {"high check_overdue"}},
        {"never checked", std::nullopt, std::nullopt, {"high check_overdue"}},
        {"seal intact", today, Seal{"1", true}, {}},
        {"seal broken", today, Seal{"1", false}, {"high seal_broken"}},
        {"both", std::nullopt, Seal{"1", false}, {"high check_overdue", "high seal_broken"}},
    }));

    DYNAMIC_SECTION(example.name) {
        Cart cart = checked_cart();
        cart.last_full_check = example.last_full_check;
        cart.seal = example.seal;
        const Judgement judgement = judge(cart);
        CHECK(findings_of(judgement) == example.findings);
        CHECK(
            judgement.readiness
            == (example.findings.empty() ? Readiness::ready : Readiness::overdue));
        CHECK(judgement.ready_until.has_value() == example.findings.empty());
    }
}

TEST_CASE("the worst counts: not ready, then overdue, then degraded", "[evaluate]") {
    Cart cart = checked_cart();
    cart.lines = {line("a", 1, false, {})};
    CHECK(judge(cart).readiness == Readiness::degraded);

    cart.last_full_check.reset();
    CHECK(judge(cart).readiness == Readiness::overdue);

    cart.lines[0].critical = true;
    CHECK(judge(cart).readiness == Readiness::not_ready);
}

TEST_CASE(
    "each clinical function has its own verdict, without the cart's own findings", "[evaluate]") {
    Cart cart = checked_cart();
    cart.last_full_check.reset();
    cart.lines = {
        line("a", 1, true, {}), line("b", 1, true, {holding("L", 1)}), line("c", 1, false, {})};
    cart.lines[0].function = "drugs";
    cart.lines[1].function = "airway";
    cart.lines[2].function = "airway";
    cart.devices = {device("d", true), device("e", true)};
    cart.devices[0].function = "circulation";

    const Judgement judgement = judge(cart);
    CHECK(
        judgement.functions
        == std::map<std::string, Readiness>{
            {"airway", Readiness::degraded},
            {"circulation", Readiness::ready},
            {"drugs", Readiness::not_ready}});
}

TEST_CASE("findings stand by severity, subject, kind, then lot or accessory", "[evaluate]") {
    Cart cart = checked_cart();
    cart.last_full_check.reset();
    Holding damaged = holding("B", 3, day("2026-12-01"));
    damaged.damaged = 1;
    cart.lines = {
        line("z", 1, true, {}),
        line("b", 1, true, {}),
        line("m", 4, false, {damaged, holding("A", 2, day("2026-01-01"))})};
    cart.devices = {device("a", false)};
    cart.devices[0].last_test.reset();
    cart.devices[0].accessories = {{"y", {}, day("2026-12-24")}, {"x", {}, day("2026-12-24")}};

    CHECK(
        findings_of(judge(cart))
        == Texts{
            "critical shortage b 1",
            "critical shortage z 1",
            "high check_overdue",
            "normal device_untested a",
            "normal damaged m/B 1",
            "normal expired m/A 2",
            "normal shortage m 2",
            "notice near_expiry a x",
            "notice near_expiry a y",
            "notice near_expiry m/B"});
}

TEST_CASE("the text of the kinds stands in alphabetical order", "[evaluate]") {
    for (int i = 1; i <= static_cast<int>(FindingKind::surplus); ++i) {
        CHECK(to_text(static_cast<FindingKind>(i - 1)) < to_text(static_cast<FindingKind>(i)));
    }
}

} // namespace cartwatch::evaluate_test
