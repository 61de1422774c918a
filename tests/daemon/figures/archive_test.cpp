// The figures of a part are the same whether the entries of the other parts were put aside or not.
#include "daemon/figures/archive.hpp"
#include "daemon/figures/summary.hpp"
#include "tests/daemon/figures/random_diary.hpp"
#include "tests/support/random_moves.hpp"
#include "tests/support/sequence_count.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::archive_test {

using namespace cartwatch::figures;

namespace {

using Scopes = std::vector<std::string>;

// "node/station/cart" of each.
Scopes named(const std::vector<Scope>& scopes) {
    Scopes names;
    for (const Scope& scope : scopes) {
        names.push_back(scope.node + "/" + scope.station + "/" + scope.cart);
    }
    return names;
}

// Every part's figures, put aside and not; answers how many entries were.
std::size_t hold_parts(const Past& past, const Period& period, Instant now) {
    const Archive archive(past);
    std::size_t put_aside = 0;
    for (const Parts parts : {Parts::whole, Parts::stations, Parts::carts}) {
        for (const Scope& scope : archive.parts_of({}, parts)) {
            const Past part = archive.about(scope);
            put_aside += past.entries.size() - part.entries.size();
            REQUIRE(summary_of(part, scope, period, now) == summary_of(past, scope, period, now));
        }
    }
    return put_aside;
}

} // namespace

TEST_CASE("parts are all stations and carts that were ever on a list") {
    Diary diary;
    diary.on("2026-11-01").write(a_listed_cart("A", "OR")).write(a_listed_cart("B", "ED"));
    diary.write(a_listed_cart("A", "ED")).write(a_listed_cart("C"));
    diary.write(a_listed_cart("A", "ICU"), "far");
    Cart retired = a_listed_cart("B", "ED").cart;
    retired.retired = true;
    diary.write(CartDefined{retired});
    const Archive archive(diary.past());

    CHECK(named(archive.parts_of({}, Parts::whole)) == Scopes{"//"});
    CHECK(
        named(archive.parts_of({}, Parts::stations)) == Scopes{"far/ICU/", "ward/ED/", "ward/OR/"});
    CHECK(
        named(archive.parts_of({}, Parts::carts))
        == Scopes{"far//A", "ward//A", "ward//B", "ward//C"});
    CHECK(named(archive.parts_of({"ward", "OR", ""}, Parts::carts)) == Scopes{"ward/OR/A"});
    CHECK(
        named(archive.parts_of({"", "", "A"}, Parts::stations))
        == Scopes{"far/ICU/A", "ward/ED/A", "ward/OR/A"});
    CHECK(named(archive.parts_of({"", "ED", "A"}, Parts::whole)) == Scopes{"/ED/A"});
    CHECK(archive.parts_of({"", "OR", "B"}, Parts::whole).empty());
    CHECK(archive.parts_of({"nobody", "", ""}, Parts::carts).empty());
    CHECK(archive.parts_of({"", "", "D"}, Parts::whole).empty());
}

TEST_CASE("no entry that matters to a cart is put aside", "[property]") {
    const int diaries = sequences_asked(30);
    const Hospital fresh;
    std::size_t put_aside = 0;
    for (int i = 0; i < diaries; ++i) {
        const unsigned seed = seed_asked() + static_cast<unsigned>(i);
        INFO("CARTWATCH_SEED=" << seed);
        const Diary diary = RandomDiary(seed).diary;
        const Period period{begin + days(i % 30), begin + days(i % 30 + 35)};
        put_aside += hold_parts(diary.past(), period, much_later);

        Hospital hospital = fresh;
        RandomMoves moves(seed);
        for (int move = 0; move < 200; ++move) {
            hospital.take(moves.next(hospital));
        }
        const std::vector<Recorded>& entries = hospital.pharmacy().arrivals;
        put_aside += hold_parts(
            past_of(entries, "pharmacy", china_day_begins),
            {day("2026-11-22"), day("2026-11-23")},
            much_later);
    }
    CHECK(put_aside > 0);
}

} // namespace cartwatch::archive_test
