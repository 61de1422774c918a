#include "daemon/crypto/sha256.hpp"
#include "daemon/trust/join_code.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

namespace cartwatch::join_code_test {

namespace {

const std::string fingerprint = crypto::sha256("some authority");

} // namespace

TEST_CASE("a code is read as it was printed, however it is typed", "[trust][code]") {
    const trust::JoinCode code = trust::make_join_code(fingerprint);
    const std::string text = trust::to_text(code);
    REQUIRE(text.size() == 49); // ten groups of four
    std::string small = text;
    std::transform(small.begin(), small.end(), small.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    std::string together = text;
    std::erase(together, '-');
    std::string misread = text;
    std::replace(misread.begin(), misread.end(), '0', 'O');
    std::replace(misread.begin(), misread.end(), '1', 'l');

    for (const std::string& typed : {text, small, together, misread, " " + text + "\n"}) {
        INFO(typed);
        CHECK(trust::parse_join_code(typed) == code);
    }
    CHECK(trust::is_secret(code.secret));
}

TEST_CASE("a code names its authority and no other", "[trust][code]") {
    const trust::JoinCode code = trust::make_join_code(fingerprint);
    CHECK(trust::is_for(code, fingerprint));
    CHECK_FALSE(trust::is_for(code, crypto::sha256("another authority")));
    // 25 hexadecimal digits are what it holds of the fingerprint.
    std::string other = fingerprint;
    other[24] = other[24] == '0' ? '1' : '0';
    CHECK_FALSE(trust::is_for(code, other));
}

TEST_CASE("no two codes are the same", "[trust][code]") {
    std::set<std::string> codes;
    for (int i = 0; i < 1'000; ++i) {
        codes.insert(trust::make_join_code(fingerprint).secret);
    }
    CHECK(codes.size() == 1'000);
}

TEST_CASE("one wrong symbol, or two that were exchanged, is seen", "[trust][code]") {
    std::string text = trust::to_text(trust::make_join_code(fingerprint));
    std::erase(text, '-');
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string wrong = text;
        wrong[i] = wrong[i] == '7' ? '8' : '7';
        INFO(wrong);
        CHECK_FALSE(trust::parse_join_code(wrong));
        if (i > 0 && text[i] != text[i - 1]) {
            std::string exchanged = text;
            std::swap(exchanged[i], exchanged[i - 1]);
            CHECK_FALSE(trust::parse_join_code(exchanged));
        }
    }
}

TEST_CASE("what is no code is refused with what was expected", "[trust][code]") {
    const std::string text = trust::to_text(trust::make_join_code(fingerprint));
    const auto typed = GENERATE_COPY(
        std::string(),
        std::string("-"),
        std::string("1234"),
        text.substr(0, 48),
        text + "0",
        text + text,
        "U" + text.substr(1),
        "*" + text.substr(1),
        std::string(1, '\0') + text.substr(1),
        "药" + text,
        std::string(100'000, '0'));

    DYNAMIC_SECTION(typed.substr(0, 60)) {
        const auto code = trust::parse_join_code(typed);
        REQUIRE_FALSE(code);
        CHECK(code.error().code == ErrorCode::bad_input);
        CHECK(code.error().text.find("ten groups of four") != std::string::npos);
    }
}

} // namespace cartwatch::join_code_test
