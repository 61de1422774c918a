#include "daemon/readiness/shared_map.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <random>

namespace cartwatch::shared_map_test {

using Numbers = readiness::SharedMap<int>;

namespace {

std::map<std::string, int> plain(const Numbers& numbers) {
    std::map<std::string, int> all;
    for (const auto& [name, value] : numbers) {
        all.emplace(name, value);
    }
    return all;
}

} // namespace

TEST_CASE("a shared map holds what was put in, in the order of the names") {
    Numbers numbers;
    CHECK(numbers.empty());
    numbers.own("b") = 2;
    numbers.own("a") = 1;
    numbers.own("c") = 3;
    std::string names;
    for (const auto& [name, value] : numbers) {
        names += name + std::to_string(value);
    }
    CHECK(names == "a1b2c3");
    CHECK(numbers.at("b") == 2);
    CHECK(*numbers.find("c") == 3);
    CHECK(numbers.find("") == nullptr);
    CHECK(numbers.find("bb") == nullptr);
    CHECK_FALSE(numbers.contains("d"));
}

TEST_CASE("a copy shares its values, and what it changes the other does not see") {
    Numbers first;
    first.own("a") = 1;
    first.own("b") = 2;
    Numbers second = first;
    CHECK(second == first);
    CHECK(first.find("a") == second.find("a"));

    second.own("a") += 10;
    CHECK(first.at("a") == 1);
    CHECK(second.at("a") == 11);
    CHECK(second != first);
    CHECK(first.find("b") == second.find("b"));

    first.own("a") += 10;
    CHECK(second == first);
    first.own("c");
    CHECK(second != first);
}

TEST_CASE("many copies changed in any order are each what a plain map is") {
    std::mt19937 random(20'261'123);
    std::vector<std::pair<Numbers, std::map<std::string, int>>> all(1);
    for (int i = 0; i < 5'000; ++i) {
        const std::size_t from = random() % all.size();
        if (random() % 8 == 0 && all.size() < 20) {
            all.push_back(all[from]);
        } else {
            auto& [numbers, known] = all[from];
            const std::string name(1 + random() % 2, static_cast<char>('a' + random() % 5));
            numbers.own(name) += i;
            known[name] += i;
        }
        for (const auto& [numbers, known] : all) {
            REQUIRE(plain(numbers) == known);
        }
    }
}

} // namespace cartwatch::shared_map_test
