#include "daemon/link/address.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::address_test {

TEST_CASE("an address is a host and a port, the port with a default", "[link][address]") {
    struct Example {
        const char* text;
        link::Address expected;
    };

    const auto example = GENERATE(values<Example>({
        {"127.0.0.1", {"127.0.0.1", 7411}},
        {"127.0.0.1:1", {"127.0.0.1", 1}},
        {"localhost:0", {"localhost", 0}},
        {"pharmacy.hospital.example:65535", {"pharmacy.hospital.example", 65535}},
        {"[::1]", {"::1", 7411}},
        {"[::1]:8000", {"::1", 8000}},
    }));

    DYNAMIC_SECTION(example.text) {
        const auto address = link::parse_address(example.text);
        REQUIRE(address);
        CHECK(*address == example.expected);
        CHECK(link::parse_address(link::to_text(*address)) == example.expected);
    }
}

TEST_CASE("what is no address is refused with an example of one", "[link][address]") {
    const auto* text = GENERATE(
        "",
        ":7411",
        "127.0.0.1:",
        "127.0.0.1:65536",
        "127.0.0.1:99999999999999999999",
        "127.0.0.1:-1",
        "127.0.0.1:74x",
        "::1",
        "[::1",
        "[::1]7411",
        "[::1]:",
        "[127.0.0.1]:1",
        "two words:1",
        "a/b:1");

    DYNAMIC_SECTION(text) {
        const auto address = link::parse_address(text);
        REQUIRE_FALSE(address);
        CHECK(address.error().code == ErrorCode::bad_input);
        CHECK(address.error().text.find("127.0.0.1:7411") != std::string::npos);
    }
}

TEST_CASE("plain TCP stays on this machine", "[link][address]") {
    struct Example {
        const char* host;
        bool allowed;
    };

    const auto example = GENERATE(values<Example>({
        {"127.0.0.1", true},
        {"127.255.255.254", true},
        {"::1", true},
        {"localhost", true},
        {"126.255.255.255", false},
        {"128.0.0.1", false},
        {"0.0.0.0", false},
        {"10.0.0.5", false},
        {"192.168.1.20", false},
        {"::", false},
        {"fe80::1", false},
        {"8.8.8.8", false},
    }));

    DYNAMIC_SECTION(example.host) {
        const auto outcome = link::plain_tcp_allowed(link::Address{example.host, 7411});
        REQUIRE(outcome.has_value() == example.allowed);
        if (!outcome) {
            CHECK(outcome.error().code == ErrorCode::not_allowed);
            CHECK(outcome.error().text.find("TLS") != std::string::npos);
            CHECK(outcome.error().text.find("cartwatch ward join") != std::string::npos);
            CHECK(outcome.error().text.find(example.host) != std::string::npos);
        }
    }
}

} // namespace cartwatch::address_test
