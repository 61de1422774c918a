// The goal: a page of the journal that the disk does not give back ends nobody's work.
#include "daemon/node/journal_access.hpp"
#include "tests/daemon/ledger/small_ledger.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>

namespace cartwatch::journal_access_test {

namespace {

using ledger_kit::SmallLedger;

std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// The pages of the file that hold this text become something else, as on a disk that goes bad.
void spoil_pages_with(const std::filesystem::path& file, std::string_view text) {
    constexpr std::size_t page_bytes = 4'096;
    std::string bytes = bytes_of(file);
    int pages = 0;
    for (std::size_t at = bytes.find(text); at != std::string::npos; at = bytes.find(text, at)) {
        bytes.replace(at / page_bytes * page_bytes, page_bytes, page_bytes, '\xFF');
        ++pages;
    }
    REQUIRE(pages > 0);
    std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

} // namespace

SCENARIO("entries that the disk does not give are not sent, and nothing ends", "[journal_access]") {
    GIVEN("a journal of one entry, whose page goes bad") {
        SmallLedger ledger{"ward-1"};
        REQUIRE(ledger.run(readiness::JudgeDay{}));
        const link::Journal journal =
            node::journal_access(*ledger, [](std::string_view, std::int64_t) {});
        REQUIRE(journal.entries_after("ward-1", 0, 10, 10'000).size() == 1);
        ledger->checkpoint();
        spoil_pages_with(ledger.file(), "day.judged");
        ledger.open();
        WHEN("the link asks for it") {
            const link::Journal again =
                node::journal_access(*ledger, [](std::string_view, std::int64_t) {});
            THEN("it is given none, and the head stays where it is") {
                CHECK_THROWS_AS(
                    ledger->store()->entries_after("ward-1", 0, 10, 10'000), store::StoreFailure);
                CHECK(again.entries_after("ward-1", 0, 10, 10'000).empty());
                CHECK(again.head("ward-1").seq == 1);
            }
        }
    }
}

} // namespace cartwatch::journal_access_test
