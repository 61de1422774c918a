#include "daemon/readiness/messages.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>

namespace cartwatch::messages_test {

using namespace cartwatch::readiness;

TEST_CASE("messages are listed once, in order, with the names of their values") {
    const auto messages = all_messages();
    REQUIRE(messages.size() > 60);
    CHECK(std::is_sorted(messages.begin(), messages.end(), [](const auto& a, const auto& b) {
        return a.key < b.key;
    }));
    for (std::size_t i = 0; i < messages.size(); ++i) {
        CHECK(find_message(messages[i].key) == &messages[i]);
        CHECK(std::is_sorted(messages[i].values.begin(), messages[i].values.end()));
    }
    CHECK(find_message("no_such_message") == nullptr);
}

TEST_CASE("every name in the two languages comes in both") {
    for (const MessageSpec& message : all_messages()) {
        for (const std::string_view value : message.values) {
            const std::string english = std::string(value) + "_en";
            const bool is_name = value == "name" || value == "names" || value == "cart_name"
                                 || value == "critical" || value == "listed" || value == "lasa"
                                 || value == "open_name" || value == "test" || value == "next"
                                 || value == "substitute";
            INFO(message.key << " " << value);
            const bool in_both = std::find(message.values.begin(), message.values.end(), english)
                                 != message.values.end();
            CHECK(in_both == is_name);
        }
    }
}

} // namespace cartwatch::messages_test
