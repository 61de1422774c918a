#include "daemon/config/config.hpp"
#include "tests/support/source_tree.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::config_test {

using namespace cartwatch::config;

TEST_CASE("the shipped examples are read whole, and say what the defaults are", "[config]") {
    const auto ward = load_ward_config(support::in_source_tree("deploy/config/ward.toml"));
    REQUIRE(ward);
    CHECK(ward->node == "ward-3f");
    CHECK(ward->web.port == 7410);
    CHECK(ward->pharmacy_addresses == std::vector<std::string>{"127.0.0.1:7411"});

    const auto pharmacy =
        load_pharmacy_config(support::in_source_tree("deploy/config/pharmacy.toml"));
    REQUIRE(pharmacy);
    CHECK(pharmacy->web.port == 7420);
    CHECK(pharmacy->link_port == 7411);
}

TEST_CASE("scanners are read with their defaults", "[config]") {
    const auto ward = parse_ward_config(
        R"(node = "w"
[[scanner]]
name = "one"
station = "OR"
kind = "serial"
path = "/dev/ttyACM0"
)",
        "ward.toml");
    REQUIRE(ward);
    REQUIRE(ward->scanners.size() == 1);
    CHECK(ward->scanners[0].baud == 9600);
    CHECK(ward->scanners[0].pause_ms == 150);
}

TEST_CASE("a file with a fault is refused with its line and the mend", "[config]") {
    struct Example {
        const char* name;
        const char* text;
        const char* says;
    };

    const auto example = GENERATE(values<Example>({
        {"no node", "", "node must have 1 to 64"},
        {"node with a blank", "node = \"ward 3\"", "node must have 1 to 64"},
        {"unknown key", "node = \"w\"\ntimezone = \"UTC\"", "line 2: timezone is not a key"},
        {"unknown key below", "node = \"w\"\n[web]\nprot = 1", "line 3: web.prot is not a key"},
        {"port as text", "node = \"w\"\n[web]\nport = \"80\"", "line 3: web.port must be a whole"},
        {"port too high", "node = \"w\"\n[web]\nport = 65536", "from 0 to 65535"},
        {"block over", "node = \"w\"\ntag_block = 1000", "tag_block must be a whole number from 1"},
        {"the pharmacy's name", "node = \"pharmacy\"", "is the pharmacy's name too"},
        {"not TOML", "node = ", "line 1: not TOML"},
        {"level", "node = \"w\"\nlog_level = \"loud\"", "line 2: log_level must be debug"},
        {"addresses as one text",
         "node = \"w\"\n[pharmacy]\naddresses = \"a:1\"",
         "pharmacy.addresses must be a list"},
        {"scanner of no kind",
         "node = \"w\"\n[[scanner]]\nname = \"a\"\nstation = \"OR\"",
         "scanner.kind must be"},
        {"scanner twice",
         "node = \"w\"\n[[scanner]]\nname = \"a\"\nstation = \"OR\"\nkind = \"serial\"\n"
         "[[scanner]]\nname = \"a\"\nstation = \"OR\"\nkind = \"serial\"",
         "line 7: scanner.name is the name of another"},
        {"web as text", "node = \"w\"\nweb = \"x\"", "line 2: web must be a table"},
    }));

    DYNAMIC_SECTION(example.name) {
        const auto ward = parse_ward_config(example.text, "ward.toml");
        REQUIRE_FALSE(ward);
        CHECK_THAT(ward.error().text, Catch::Matchers::Contains(example.says));
        CHECK_THAT(ward.error().text, Catch::Matchers::StartsWith("ward.toml: "));
    }
}

TEST_CASE("a file that is not there is said by name", "[config]") {
    const auto ward = load_ward_config("no/such/ward.toml");
    REQUIRE_FALSE(ward);
    CHECK_THAT(ward.error().text, Catch::Matchers::Contains("no/such/ward.toml"));
}

} // namespace cartwatch::config_test
