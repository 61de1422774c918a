#include "scanner/codes/gs1_checks.hpp"
#include "scanner/codes/gs1_dates.hpp"
#include "tests/scanner/codes/gs1_samples.hpp"

#include <catch2/catch.hpp>

#include <vector>

namespace cartwatch::gs1_checks_test {

using namespace cartwatch::codes;
using namespace cartwatch::codes::gs1;

namespace {

constexpr int this_year = 2026;

struct CheckExample {
    Check check;
    const char* value;
    bool good;
};

const std::vector<CheckExample> check_examples = {
    {Check::csum, "09521234543213", true},
    {Check::csum, "09521234543214", false},
    {Check::csum, "395212340000000120", true},
    {Check::csum, "0952123454321A", false},
    {Check::csumalpha, "1987654Ad4X4bL5ttr2310c2K", true},
    {Check::csumalpha, "12345_ABCDEFGHIJKLMCP", true},
    {Check::csumalpha, "1987654Ad4X4bL5ttr2310cXK", false},
    {Check::csumalpha, "1987654Ad4X4bL5ttr2310c2X", false},
    {Check::csumalpha, "2", false},
    {Check::couponcode, "01234561234561111012310110123", false},
    {Check::gcppos1, "9521", true},
    {Check::gcppos1, "952", false},
    {Check::gcppos1, "952A", false},
    {Check::gcppos2, "A9521", true},
    {Check::gcppos2, "9521", false},
    {Check::yymmd0, "261200", true},
    {Check::yymmd0, "280229", true},
    {Check::yymmd0, "270229", false},
    {Check::yymmd0, "261301", false},
    {Check::yymmd0, "260000", false},
    {Check::yymmd0, "260431", false},
    {Check::yymmdd, "260430", true},
    {Check::yymmdd, "260400", false},
    {Check::yyyymmdd, "20280229", true},
    {Check::yyyymmdd, "20270229", false},
    {Check::yyyymmdd, "20271301", false},
    {Check::hhmi, "2359", true},
    {Check::hhmi, "2400", false},
    {Check::hhmi, "2360", false},
    {Check::hh, "23", true},
    {Check::hh, "24", false},
    {Check::mi, "59", true},
    {Check::mi, "60", false},
    {Check::ss, "59", true},
    {Check::ss, "60", false},
    {Check::iso3166, "156", true},
    {Check::iso3166, "999", false},
    {Check::iso3166, "15 ", false},
    {Check::iso3166999, "999", true},
    {Check::iso3166999, "998", false},
    {Check::iso3166alpha2, "CN", true},
    {Check::iso3166alpha2, "cn", false},
    {Check::iso3166alpha2, "XX", false},
    {Check::iso4217, "156", true},
    {Check::iso4217, "000", false},
    {Check::iso5218, "9", true},
    {Check::iso5218, "3", false},
    {Check::pcenc, "ABC%2d", true},
    {Check::pcenc, "ABC%2", false},
    {Check::pcenc, "%G0", false},
    {Check::yesno, "0", true},
    {Check::yesno, "2", false},
    {Check::nonzero, "001", true},
    {Check::nonzero, "000", false},
    {Check::zero, "0", true},
    {Check::zero, "1", false},
    {Check::nozeroprefix, "0", true},
    {Check::nozeroprefix, "10", true},
    {Check::nozeroprefix, "01", false},
    {Check::hasnondigit, "1A", true},
    {Check::hasnondigit, "11", false},
    {Check::hyphen, "-", true},
    {Check::hyphen, "+", false},
    {Check::iban, "GB98MIDL07009312345678", true},
    {Check::iban, "BE71096123456769", true},
    {Check::iban, "BE71096123456760", false},
    {Check::iban, "XX361234567890", false},
    {Check::iban, "BE71", false},
    {Check::iban, "BE7109612345676a", false},
    {Check::latitude, "1800000000", true},
    {Check::latitude, "1800000001", false},
    {Check::longitude, "3600000000", true},
    {Check::longitude, "3600000001", false},
    {Check::mediatype, "10", true},
    {Check::mediatype, "11", false},
    {Check::mediatype, "80", true},
    {Check::mediatype, "00", false},
    {Check::importeridx, "_", true},
    {Check::importeridx, "+", false},
    {Check::importeridx, "=", false},
    {Check::packagetype, "PX", true},
    {Check::packagetype, "8", true},
    {Check::packagetype, "ZZ", true},
    {Check::packagetype, "_9", false},
    {Check::packagetype, "X PX", false},
    {Check::pieceoftotal, "0102", true},
    {Check::pieceoftotal, "0202", true},
    {Check::pieceoftotal, "0302", false},
    {Check::pieceoftotal, "0001", false},
    {Check::pieceoftotal, "0100", false},
    {Check::posinseqslash, "3/3", true},
    {Check::posinseqslash, "3/2", false},
    {Check::posinseqslash, "0/2", false},
    {Check::posinseqslash, "1/", false},
    {Check::posinseqslash, "123", false},
    {Check::winding, "9", true},
    {Check::winding, "2", false},
    {Check::couponcode, "1061414165432132501101203140131", true},
    {Check::couponcode, "012345612345611110123", true},
    {Check::couponcode, "01234561234561111012", false},
    {Check::couponcode, "0123456123456111101230", false},
    {Check::couponcode, "712345612345611110123", false},
    {Check::couponcode, "01234561234560111012", false},
    {Check::couponcode, "0123456123456111101233140131", true},
    {Check::couponcode, "0123456123456111101233141331", false},
    {Check::couponcode, "01234561234561111012331401314140201", false},
    {Check::couponcode, "012345612345611110123101101239", true},
    {Check::couponcode, "012345612345611110123910001", false},
    {Check::couponcode, "0123456123456111101239100", false},
    {Check::couponcode, "01234561234561111012391001", true},
    {Check::couponposoffer, "001234561234560123456", true},
    {Check::couponposoffer, "201234561234560123456", false},
    {Check::couponposoffer, "0012345612345601234567", false},
    {Check::couponposoffer, "00123456123456012345", false},
    {Check::couponposoffer, "00123456123456012345a", false},
};

} // namespace

TEST_CASE("each check passes what its rule allows and nothing else", "[gs1][checks]") {
    const auto example = GENERATE(from_range(check_examples));

    DYNAMIC_SECTION(to_text(example.check) << " '" << example.value << "'") {
        CHECK((broken_rule(example.check, example.value, this_year) == Rule::none) == example.good);
    }
}

TEST_CASE(
    "every check has an example that it refuses with a rule of its own name", "[gs1][checks]") {
    for (unsigned i = 1; i <= static_cast<unsigned>(Check::couponposoffer); ++i) {
        const auto check = static_cast<Check>(i);
        INFO(to_text(check));
        CHECK_FALSE(to_text(check).empty());
        if (const std::string sample = fixed_sample(check); !sample.empty()) {
            CHECK(broken_rule(check, sample, this_year) == Rule::none);
        }
    }
}

TEST_CASE("character sets hold 10, 82, 39 and 64 characters", "[gs1][checks]") {
    const auto count = [](CharacterSet set) {
        int members = 0;
        for (int c = 0; c < 256; ++c) {
            members += belongs_to(set, std::string("0") + static_cast<char>(c) + "0") ? 1 : 0;
        }
        return members;
    };
    CHECK(count(CharacterSet::digits) == 10);
    CHECK(count(CharacterSet::cset82) == 82);
    CHECK(count(CharacterSet::cset39) == 39);
    CHECK(count(CharacterSet::cset64) == 64);
    CHECK(belongs_to(CharacterSet::cset64, "AA=="));
    CHECK_FALSE(belongs_to(CharacterSet::cset64, "A==="));
}

TEST_CASE("two-digit years slide with the year in which they are read", "[gs1][dates]") {
    struct YearExample {
        int two_digits;
        int current;
        int full;
    };

    const auto example = GENERATE(values<YearExample>({
        {26, 2026, 2026},
        {76, 2026, 2076},
        {77, 2026, 1977},
        {99, 2026, 1999},
        {0, 2026, 2000},
        {0, 2049, 2000},
        {0, 2050, 2100},
        {49, 2099, 2149},
        {50, 2099, 2050},
        {51, 2000, 1951},
        {50, 2000, 2050},
    }));

    DYNAMIC_SECTION(example.two_digits << " in " << example.current) {
        CHECK(full_year(example.two_digits, example.current) == example.full);
    }
}

TEST_CASE("day 00 is the month's last day where it is allowed", "[gs1][dates]") {
    CHECK(day_of_yymmdd("261200", 2026, DayZero::last_of_month) == parse_day("2026-12-31"));
    CHECK(day_of_yymmdd("280200", 2026, DayZero::last_of_month) == parse_day("2028-02-29"));
    CHECK(day_of_yymmdd("270200", 2026, DayZero::last_of_month) == parse_day("2027-02-28"));
    CHECK_FALSE(day_of_yymmdd("261200", 2026, DayZero::refused));
    CHECK_FALSE(day_of_yymmdd("260000", 2026, DayZero::last_of_month));
    CHECK_FALSE(day_of_yymmdd("261300", 2026, DayZero::last_of_month));
    CHECK_FALSE(day_of_yymmdd("991200", 1, DayZero::last_of_month)); // the year before the first
    CHECK_FALSE(day_of_yymmdd("26120", 2026, DayZero::last_of_month));
    CHECK_FALSE(day_of_yymmdd("2612AA", 2026, DayZero::last_of_month));
}

} // namespace cartwatch::gs1_checks_test
