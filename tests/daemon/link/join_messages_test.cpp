#include "daemon/link/join_messages.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::join_messages_test {

namespace {

link::Join a_join() {
    link::Join join;
    join.node = "ward-3f";
    join.secret = "0123456789ABCDEF";
    join.request = "-----BEGIN CERTIFICATE REQUEST-----\nMII=\n-----END CERTIFICATE REQUEST-----\n";
    return join;
}

} // namespace

TEST_CASE("what is said about certificates is read as it was meant", "[link][join]") {
    const link::Join join = a_join();
    const link::Renew renew{link::protocol_version, join.request};
    const link::Joined joined{"pharmacy", "certificate\n\"药房\"", "authority"};
    const link::Fault fault{"code_refused", "why"};

    CHECK(link::parse_join_message(link::to_line(join)) == link::JoinMessage(join));
    CHECK(link::parse_join_message(link::to_line(renew)) == link::JoinMessage(renew));
    CHECK(link::parse_join_message(link::to_line(joined)) == link::JoinMessage(joined));
    CHECK(link::parse_join_message(link::to_line(fault)) == link::JoinMessage(fault));
    CHECK(link::to_line(joined).find('\n') == std::string::npos);
}

TEST_CASE("what is no question about certificates is refused", "[link][join]") {
    const std::string request = R"(,"request":"R"})";
    const auto line = GENERATE_COPY(
        std::string(),
        std::string("GET / HTTP/1.1"),
        std::string("[]"),
        std::string("{}"),
        std::string(R"({"type":"hello","protocol":1,"node":"a","have":{}})"),
        std::string(R"({"type":"ping"})"),
        std::string(R"({"type":"error","code":1,"text":""})"),
        R"({"type":"join","protocol":1,"node":"a")" + request,
        R"({"type":"join","protocol":1,"node":"a/b","secret":"S")" + request,
        R"({"type":"join","protocol":1,"node":"","secret":"S")" + request,
        R"({"type":"join","protocol":1,"node":"a","secret":7)" + request,
        R"({"type":"join","protocol":2,"node":"a","secret":"S")" + request,
        R"({"type":"join","protocol":"1","node":"a","secret":"S")" + request,
        R"({"type":"join","node":"a","secret":"S")" + request,
        R"({"type":"join","type":"join","protocol":1,"node":"a","secret":"S")" + request,
        std::string(R"({"type":"join","protocol":1,"node":"a","secret":"S","request":""})"),
        std::string(R"({"type":"renew","protocol":1})"),
        std::string(R"({"type":"joined","node":"pharmacy","certificate":"C"})"),
        R"({"type":"renew","protocol":1,"request":")" + std::string(20'000, 'x') + "\"}",
        "\xff\xfe" + request);

    DYNAMIC_SECTION(line.substr(0, 80)) {
        const auto message = link::parse_join_message(line);
        REQUIRE_FALSE(message);
        CHECK_FALSE(message.error().text.empty());
    }
}

TEST_CASE("members of a later version are read over", "[link][join]") {
    const auto message =
        link::parse_join_message(R"({"type":"renew","protocol":1,"later":[1,2],"request":"R"})");
    REQUIRE(message);
    CHECK(std::get<link::Renew>(*message).request == "R");
}

} // namespace cartwatch::join_messages_test
