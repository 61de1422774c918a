// Goal: a pack whose two codes both name the product counts once, on every line, whatever is said
// between them; and nothing that its first code assumed outlives its second one.
#include "daemon/readiness/turn.hpp"
#include "scanner/codes/reader.hpp"
#include "tests/support/ward.hpp"

namespace cartwatch::twin_scan_test {

using namespace cartwatch::readiness;
using namespace cartwatch::support;

namespace {

Command scan_of(const Ward& ward, const std::string& text) {
    codes::ReadOptions options;
    options.as_of = ward.context.today;
    return Scan{codes::read(text, options), false};
}

// Both codes of packs that bear a plain one and one that tells lot and expiry.
const std::string plain_ketamine = "]E0" + ketamine.substr(1);
const std::string full_ketamine = "]d201" + ketamine + "17271231";

Ward with_ketamine() {
    Ward ward = a_ward();
    ward.stock("OR-1", "ketamine", a_lot("K1", "2027-12-31", 3));
    ward.open();
    return ward;
}

// By line as it is defined: five of atropine, here by unit by what the hospital decided.
Ward by_policy(const Policy& policy) {
    Ward ward = a_ward();
    Product product = *find_product(ward.state, "ward-3f", "atropine");
    product.controlled = true;
    ward.define({ProductDefined{product}, PolicyChanged{policy}});
    ward.stock("OR-1", "atropine", a_lot("A1", "2027-12-31", 5));
    ward.open();
    return ward;
}

} // namespace

// Ketamine: three by unit, lot K1 on file.
TEST_CASE("by unit, a pack with two codes that both name the product counts once") {
    Ward ward = a_ward();
    ward.stock("OR-1", "ketamine", a_lot("K1", "2027-12-31", 3));
    ward.open();
    const std::string plain = "]E0" + ketamine.substr(1);
    const std::string full = "]d201" + ketamine
                             + "1727123110K1\x1d"
                               "21S";
    const auto total = [&] { return units_of(ward.counted("ketamine")); };

    SECTION("the one that tells less comes first") {
        ward.run(scan_of(ward, plain));
        CHECK(total() == 1);
        ward.run(scan_of(ward, full + "1"));
        CHECK(total() == 1);
        CHECK(ward.counted("ketamine").front().serials == std::vector<std::string>{"S1"});
        ward.run(scan_of(ward, plain));
        CHECK(total() == 2);
        ward.run(scan_of(ward, full + "2"));
        CHECK(total() == 2);
    }
    SECTION("the one that tells more comes first") {
        ward.run(scan_of(ward, full + "1"));
        const Reply reply = ward.run(scan_of(ward, plain));
        CHECK(reply.message == "same_pack");
        CHECK(reply.verdict == Verdict::duplicate);
        CHECK(reply.values.at("total") == "1");
        CHECK(total() == 1);
        THEN("scanned once more it is another pack") {
            ward.run(scan_of(ward, plain));
            CHECK(total() == 2);
        }
        THEN("the next pack counts") {
            ward.run(scan_of(ward, full + "2"));
            CHECK(total() == 2);
            CHECK(ward.run(scan_of(ward, plain)).message == "same_pack");
            CHECK(total() == 2);
        }
    }
    SECTION("two that tell as much are two packs") {
        ward.run(scan_of(ward, plain));
        ward.run(scan_of(ward, plain));
        CHECK(total() == 2);
        ward.run(scan_of(ward, full + "1"));
        CHECK(total() == 2); // the last of the two
        ward.run(scan_of(ward, full + "2"));
        CHECK(total() == 3);
    }
    SECTION("something in between, and they are two") {
        ward.run(scan_of(ward, plain));
        ward.run(scan_of(ward, "]C101" + epi));
        ward.run(scan_of(ward, full + "1"));
        CHECK(total() == 2);
    }
    SECTION("undone, it is no first code") {
        ward.run(scan_of(ward, plain));
        ward.run(Undo{});
        ward.run(scan_of(ward, full + "1"));
        CHECK(total() == 1);
        CHECK(ward.run(scan_of(ward, plain)).message == "same_pack");
    }
}

TEST_CASE("a pack with two codes counts once where the hospital's policy has units counted") {
    const bool plain_first = GENERATE(true, false);
    Policy policy;
    SECTION("of controlled products") {
        policy.by_unit = WatchedLines::controlled_and_high_alert;
    }
    SECTION("of packs with a serial number") {
        policy.serialised_by_unit = true;
    }
    Ward ward = by_policy(policy);
    const std::string plain = "]E0" + atropine.substr(1);
    const std::string full = "]d201" + atropine
                             + "1727123110A1\x1d"
                               "21S1";
    ward.run(scan_of(ward, plain_first ? plain : full));
    ward.run(scan_of(ward, plain_first ? full : plain));

    REQUIRE(ward.counted("atropine").size() == 1);
    CHECK(ward.counted("atropine").front().quantity == 1);
    CHECK(ward.counted("atropine").front().serials == std::vector<std::string>{"S1"});
}

TEST_CASE("by line, a pack's second code sets right what its first one assumed") {
    Ward ward = a_ward();
    ward.stock("OR-1", "atropine", a_lot("A1", "2027-12-31", 5));
    ward.open();
    const std::string plain = "]E0" + atropine.substr(1);
    const std::string new_lot = "]d201" + atropine + "1728063010A2";

    SECTION("the plain one first: nothing says any more that the lot on file is there") {
        ward.run(scan_of(ward, plain));
        REQUIRE(ward.counted("atropine").front().lot == "A1");
        ward.run(scan_of(ward, new_lot));
        REQUIRE(ward.counted("atropine").size() == 1);
        CHECK(ward.counted("atropine").front().lot == "A2");
        CHECK(ward.counted("atropine").front().quantity == 5);
    }
    SECTION("the plain one behind it does not count the lot on file") {
        ward.run(scan_of(ward, new_lot));
        CHECK(ward.run(scan_of(ward, plain)).message == "same_pack");
        REQUIRE(ward.counted("atropine").size() == 1);
        CHECK(ward.counted("atropine").front().lot == "A2");
        THEN("scanned once more it is of another pack") {
            ward.run(scan_of(ward, plain));
            CHECK(ward.counted("atropine").size() == 2);
        }
    }
}

TEST_CASE("a number said between a pack's two codes is of all units, not of others beside it") {
    Ward ward = with_ketamine();

    SECTION("the second code names the same lot") {
        ward.run(scan_of(ward, plain_ketamine));
        ward.run(EnterQuantity{3, ""});
        ward.run(scan_of(ward, full_ketamine + "10K1"));
        CHECK(units_of(ward.counted("ketamine")) == 3);
    }
    SECTION("it names another lot, of which all of them are") {
        ward.run(scan_of(ward, plain_ketamine));
        ward.run(EnterQuantity{3, ""});
        ward.run(scan_of(ward, full_ketamine + "10K2"));
        REQUIRE(ward.counted("ketamine").size() == 1);
        CHECK(ward.counted("ketamine").front().lot == "K2");
        CHECK(units_of(ward.counted("ketamine")) == 3);
    }
    SECTION("it names another lot, and one pack was counted before") {
        ward.run(scan_of(ward, plain_ketamine));
        ward.run(scan_of(ward, plain_ketamine));
        ward.run(EnterQuantity{3, ""});
        ward.run(scan_of(ward, full_ketamine + "10K2"));
        CHECK(units_of(ward.counted("ketamine")) == 3);
        CHECK(ward.counted("ketamine").size() == 2);
    }
    SECTION("the code that tells all came first") {
        ward.run(scan_of(ward, full_ketamine + "10K1"));
        ward.run(EnterQuantity{3, ""});
        CHECK(ward.run(scan_of(ward, plain_ketamine)).message == "same_pack");
        CHECK(units_of(ward.counted("ketamine")) == 3);
    }
    SECTION("none, and then a pack in hand: it is one") {
        ward.run(scan_of(ward, plain_ketamine));
        ward.run(EnterQuantity{0, ""});
        ward.run(scan_of(ward, full_ketamine + "10K1"));
        CHECK(units_of(ward.counted("ketamine")) == 1);
    }
}

TEST_CASE("damage said between a pack's two codes is not lost, nor is it another pack") {
    Ward ward = with_ketamine();
    ward.run(scan_of(ward, plain_ketamine));
    ward.run(MarkDamaged{});
    const std::string lot = GENERATE(as<std::string>(), "K1", "K2");

    ward.run(scan_of(ward, full_ketamine + "10" + lot));

    REQUIRE(ward.counted("ketamine").size() == 1);
    CHECK(ward.counted("ketamine").front().lot == lot);
    CHECK(ward.counted("ketamine").front().quantity == 1);
    CHECK(ward.counted("ketamine").front().damaged == 1);
}

TEST_CASE("damage that was taken back between a pack's two codes is not brought back") {
    Ward ward = with_ketamine();
    ward.run(scan_of(ward, plain_ketamine));
    ward.run(MarkDamaged{1, ""});
    ward.run(MarkDamaged{0, ""});

    ward.run(scan_of(ward, full_ketamine + "10K2"));

    CHECK(ward.counted("ketamine").front().damaged == 0);
}

TEST_CASE("a plain code and an unclear one of the same pack count once, when it is said which") {
    Ward ward = with_ketamine();
    const std::string unclear = "]d201" + ketamine + "10K917281231";

    SECTION("the plain one first") {
        ward.run(scan_of(ward, plain_ketamine));
        const Reply asked = ward.run(scan_of(ward, unclear));
        REQUIRE(asked.readings.size() == 2);
        CHECK(units_of(ward.counted("ketamine")) == 0); // nothing proves the lot on file any more
        ward.run(ChooseReading{asked.readings.back()});
        CHECK(ward.counted("ketamine").front().lot == asked.readings.back().lot);
    }
    SECTION("the plain one last") {
        const Reply asked = ward.run(scan_of(ward, unclear));
        REQUIRE(asked.readings.size() == 2);
        ward.run(ChooseReading{asked.readings.back()});
        CHECK(ward.run(scan_of(ward, plain_ketamine)).message == "same_pack");
    }
    CHECK(units_of(ward.counted("ketamine")) == 1);
}

TEST_CASE("what was said between a pack's codes is kept until its date is told") {
    Ward ward = a_ward();
    ward.open();
    ward.run(scan_of(ward, "]E0" + epi.substr(1)));
    const std::string other_lot = "]d201" + epi + "10N9"; // and no date
    SECTION("a number") {
        ward.run(EnterQuantity{4, ""});
        REQUIRE(ward.run(scan_of(ward, other_lot)).message == "needs_expiry");
        ward.run(EnterExpiry{day("2028-12-31"), "", ""});
        CHECK(ward.counted("epi").front().quantity == 4);
    }
    SECTION("damage") {
        ward.run(MarkDamaged{2, ""});
        ward.run(scan_of(ward, other_lot));
        ward.run(EnterExpiry{day("2028-12-31"), "", ""});
        CHECK(ward.counted("epi").front().damaged == 2);
    }
    SECTION("damage, until it is said which reading is meant") {
        ward.run(MarkDamaged{2, ""});
        const Reply asked = ward.run(scan_of(ward, "]d201" + epi + "10N917281231"));
        REQUIRE(asked.readings.size() == 2);
        ward.run(ChooseReading{asked.readings.back()});
        CHECK(ward.counted("epi").front().damaged == 2);
    }
    REQUIRE(ward.counted("epi").size() == 1);
    CHECK(ward.counted("epi").front().lot.starts_with("N9"));
}

TEST_CASE("a pack that is refused leaves what was counted as it was") {
    Ward ward = a_ward();
    Cart other = ward.cart("OR-2");
    other.lines.push_back(a_line("ketamine").par(1).by_unit());
    ward.define({CartDefined{other}});
    Holding elsewhere = a_lot("K1", "2027-12-31", 1);
    elsewhere.serials = {"S7"};
    ward.stock("OR-2", "ketamine", elsewhere);
    ward.stock("OR-1", "ketamine", a_lot("K1", "2027-12-31", 3));
    ward.open();
    ward.run(scan_of(ward, plain_ketamine));

    const Reply reply = ward.run(scan_of(ward, full_ketamine + "10K1\x1d" + "21S7"));

    CHECK(reply.message == "wrong_cart");
    CHECK(units_of(ward.counted("ketamine")) == 1);
}

TEST_CASE(
    "a third code, or a reading that failed, between a pack's two codes makes no second pack") {
    Ward ward = with_ketamine();
    const bool full_first = GENERATE(true, false);
    ward.run(scan_of(ward, full_first ? full_ketamine + "10K1" : plain_ketamine));
    SECTION("not readable") {
        REQUIRE(ward.run(an_unreadable_scan("x")).message == "unreadable");
    }
    SECTION("known to nobody") {
        REQUIRE(ward.run(scan_of(ward, "WAREHOUSE 17")).message == "unknown_code");
    }
    ward.run(scan_of(ward, full_first ? plain_ketamine : full_ketamine + "10K1"));
    CHECK(units_of(ward.counted("ketamine")) == 1);
}

} // namespace cartwatch::twin_scan_test
