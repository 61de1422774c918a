// What exports and history read.
#include "daemon/store/queries.hpp"
#include "tests/daemon/store/store_kit.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::queries_test {

using namespace cartwatch::readiness;
using namespace cartwatch::store_kit;
using namespace cartwatch::store;

namespace {

template <typename Report, typename Ask>
std::vector<Report> all(Ask ask) {
    std::vector<Report> reports;
    ask([&reports](const Report& report) { reports.push_back(report); });
    return reports;
}

Period days(const char* from, const char* to) {
    return {*parse_day(from), *parse_day(to)};
}

// A cart checked twice, its alert accepted by the pharmacy in between.
std::unique_ptr<Ward> checked_twice(const Folder& folder) {
    auto ward = std::make_unique<Ward>(folder.path());
    ward->record(a_stocked_cart());
    ward->record(a_whole_check(1));
    ward->record(
        {StaffDefined{{"P001", "李药师", Role::pharmacist, "9500000001", false}},
         AlertAccepted{"ward-3f", {"OR-1", "epi"}, 1, "P001", std::nullopt, 0}},
        "pharmacy");
    ward->record(a_whole_check(2));
    return ward;
}

const Period november = days("2026-11-01", "2026-11-30");

} // namespace

SCENARIO("what people signed is told by working day", "[store][queries]") {
    GIVEN("a cart checked twice by one nurse") {
        const Folder folder(Place::memory);
        const auto ward = checked_twice(folder);
        Reader reader(folder.path());

        THEN("both checks are in one row") {
            const auto staff =
                all<StaffReport>([&](auto sink) { reader.staff_activity(november, sink); });
            REQUIRE(staff.size() == 1);
            CHECK(staff[0].person == "N012");
            CHECK(staff[0].name == "王护士");
            CHECK(staff[0].working_day == *parse_day("2026-11-22"));
            CHECK(staff[0].full == 2);
            CHECK(staff[0].sealed + staff[0].handover + staff[0].after_use == 0);
            CHECK(staff[0].lines == 4);
            CHECK(staff[0].typed == 0);
            CHECK(staff[0].skipped == 2);
            CHECK(staff[0].duration_ms == 16'000);
            CHECK(all<StaffReport>([&](auto sink) {
                      reader.staff_activity(days("2026-12-01", "2026-12-31"), sink);
                  }).empty());
        }
    }
}

SCENARIO("reports read what checks found", "[store][queries]") {
    GIVEN("a cart checked twice, its alert accepted by the pharmacy") {
        const Folder folder(Place::memory);
        const auto ward = checked_twice(folder);
        Reader reader(folder.path());

        THEN("the checks say who, when, how long and what they were worth") {
            const auto checks = all<CheckReport>([&](auto sink) { reader.checks(november, sink); });
            REQUIRE(checks.size() == 2);
            const CheckReport& first = checks.front();
            CHECK(first.check.id == "ward-3f/1");
            CHECK(first.cart_name.zh == "手术室急救车");
            CHECK(first.station_name.en == "Theatre");
            CHECK(first.opened_by_name == "王护士");
            CHECK(first.closed_by_name == "王护士");
            CHECK(first.check.duration_ms == 8'000);
            CHECK(first.check.readiness == Readiness::degraded);
            CHECK(first.check.in_order == 1);
            CHECK(first.check.required == 3);
            CHECK(first.check.not_scanned == std::vector<std::string>{"gloves"});
            CHECK(first.check.steps == 5);
            CHECK(first.check.undone == 1);
            CHECK(first.check.parked == 1);
            CHECK(first.check.seal == "0457722");
            CHECK(first.check.seq == 14);
        }
        THEN("the ledger of seals says who put each on, and what became of it") {
            ward->record(
                {SealsIssued{"OR", {"0457721", "0457723"}, "N012"},
                 CheckOpened{"ward-3f/3", "OR-1", CheckKind::full, "N012"}});
            Reader later(folder.path());
            const auto seals = all<SealReport>([&](auto sink) { later.seals(sink); });
            REQUIRE(seals.size() == 3);
            CHECK(seals[0].line.number == "0457722"); // never issued: no station
            CHECK(seals[0].line.record.state == SealState::broken);
            CHECK(seals[0].line.record.put_on_check == "ward-3f/2");
            CHECK(seals[0].line.record.ended_by == "N012");
            CHECK(seals[1].line.number == "0457721");
            CHECK(seals[1].line.record.station == "OR");
            CHECK_FALSE(seals[1].line.gap);
            CHECK(later.count(Question::seals) == 3);
        }
        THEN("each line of a check says what became of it") {
            const auto lines = all<CheckLineReport>(
                [&](auto sink) { reader.check_lines("ward-3f", "ward-3f/1", sink); });
            REQUIRE(lines.size() == 2);
            CHECK(lines[0].product_name.zh == "肾上腺素");
            CHECK(lines[0].strength == "1 mg/1 mL");
            CHECK(lines[0].line.result == LineResult::counted);
            CHECK(lines[0].line.quantity == 6);
            CHECK(lines[0].line.damaged == 1);
            CHECK(lines[0].line.evidence == Evidence::slot);
            REQUIRE(lines[0].line.lots.size() == 1);
            CHECK(lines[0].line.lots[0].lot == "A1");
            CHECK(lines[1].line.result == LineResult::not_scanned);
            CHECK(lines[1].product_name.zh.empty());
            CHECK_FALSE(lines[1].line.evidence.has_value());
        }
        THEN("findings stand in the order of the check, with the product's name") {
            const auto findings =
                all<FindingReport>([&](auto sink) { reader.findings(november, sink); });
            REQUIRE(findings.size() == 4);
            CHECK(findings[0].found.finding.kind == FindingKind::shortage);
            CHECK(findings[0].found.finding.reasons == Reasons{0, 0, 1, 4});
            CHECK(findings[0].product_name.zh == "肾上腺素");
            CHECK(findings[1].found.finding.band == 30);
            CHECK_FALSE(findings[1].found.finding.reasons.has_value());
            CHECK(findings[2].check == "ward-3f/2");
        }
    }
}

SCENARIO("what is asked of one cart tells nothing of the others", "[store][queries]") {
    GIVEN("a cart checked twice, its alert accepted") {
        const Folder folder(Place::memory);
        const auto ward = checked_twice(folder);
        Reader reader(folder.path());
        const Span always{
            *parse_instant("2020-01-01T00:00:00.000Z"), *parse_instant("2030-01-01T00:00:00.000Z")};

        THEN("its checks and alerts are those that all of them together name it with") {
            const auto checks = all<CheckReport>(
                [&](auto sink) { reader.checks_of("ward-3f", "OR-1", november, sink); });
            REQUIRE(checks.size() == 2);
            CHECK(checks[0].check.id == "ward-3f/1");
            CHECK(checks[1].closed_by_name == "王护士");
            const auto alerts = all<AlertReport>(
                [&](auto sink) { reader.alerts_of("ward-3f", "OR-1", always, sink); });
            const auto of_all = all<AlertReport>([&](auto sink) { reader.alerts(always, sink); });
            REQUIRE(alerts.size() == of_all.size());
            CHECK(alerts[0].step == of_all[0].step);
            CHECK(alerts.back().step == of_all.back().step);
        }
        THEN("nothing is told of a cart that has none") {
            CHECK(all<CheckReport>([&](auto sink) {
                      reader.checks_of("ward-3f", "OR-2", november, sink);
                  }).empty());
            CHECK(all<CheckReport>([&](auto sink) {
                      reader.checks_of("ward-3f", "OR-1", days("2026-10-01", "2026-10-31"), sink);
                  }).empty());
            CHECK(all<AlertReport>([&](auto sink) {
                      reader.alerts_of("ward-4a", "OR-1", always, sink);
                  }).empty());
        }
        THEN("what expires is told up to its day, and not what keeps longer") {
            const auto by = [&](const char* day) {
                return all<StockReport>([&](const auto& sink) {
                    reader.stock_expiring(*parse_day(day), "", "", [&](const StockReport& stock) {
                        sink(stock);
                        return true;
                    });
                });
            };
            REQUIRE(by("2026-12-01").size() == 1);
            CHECK(by("2026-12-01")[0].holding->lot == "A1");
            CHECK(by("2026-12-01")[0].product_name.zh == "肾上腺素");
            CHECK(by("2026-11-30").empty());
        }
    }
}

SCENARIO("a cart's tag knows that something is wanted for it", "[store][queries]") {
    GIVEN("a cart whose alert is open") {
        const Folder folder(Place::memory);
        const auto ward = checked_twice(folder);
        const auto alerted = [&] {
            Reader reader(folder.path());
            const auto tags = all<CartTagReport>([&](auto sink) { reader.cart_tags(sink); });
            REQUIRE(tags.at(0).alerts.size() == 1);
            return tags[0].alerts[0].state == AlertState::raised;
        };
        CHECK(alerted());

        WHEN("the ward's scan ends it") {
            ward->record({AlertClosed{{"OR-1", "epi"}, 1, true}});
            THEN("nothing is wanted") {
                CHECK_FALSE(alerted());
            }
        }
    }
}

SCENARIO("a check of the seal alone repeats no line", "[store][queries]") {
    GIVEN("a cart that was checked and sealed, and its seal read the day after") {
        const Folder folder(Place::memory);
        const auto ward = checked_twice(folder);
        CheckClosed closed;
        closed.check = "ward-3f/3";
        closed.cart = "OR-1";
        closed.by = "N013"; // took it over
        closed.working_day = *parse_day("2026-11-23");
        ward->record(
            {CheckOpened{"ward-3f/3", "OR-1", CheckKind::sealed, "N012"},
             CheckStepped{"ward-3f/3", 1, "N012", SealRead{"0457722"}},
             closed});

        THEN("its lines are not kept again, each day that it is read") {
            const auto rows_of = [&](const std::string& check) {
                return asked(
                    folder.path(),
                    "SELECT count(*) FROM check_line WHERE check_id = '" + check + "'");
            };
            CHECK(rows_of("ward-3f/3") == "0");
            CHECK(rows_of("ward-3f/2") == "2");
        }
        THEN("what it proves is what the last full check found") {
            Reader reader(folder.path());
            const auto lines = all<CheckLineReport>(
                [&](auto sink) { reader.check_lines("ward-3f", "ward-3f/3", sink); });
            REQUIRE(lines.size() == 2);
            CHECK(lines[0].product_name.zh == "肾上腺素");
            CHECK(lines[0].line.result == LineResult::sealed);
            const auto before = Reader(folder.path()).counted_before("ward-3f", "ward-3f/3");
            REQUIRE(before.has_value());
            CHECK(before->check == "ward-3f/2");
            CHECK_FALSE(Reader(folder.path()).counted_before("ward-3f", "ward-3f/2").has_value());
            CHECK(lines[0].line.quantity == 6);
            CHECK(lines[0].line.evidence == Evidence::sealed);
            CHECK(lines[0].line.by == "N013");
            CHECK(lines[1].line.result == LineResult::sealed);
        }
        THEN("the full check's own lines still say how they were counted") {
            Reader reader(folder.path());
            const auto lines = all<CheckLineReport>(
                [&](auto sink) { reader.check_lines("ward-3f", "ward-3f/2", sink); });
            REQUIRE(lines.size() == 2);
            CHECK(lines[0].line.result == LineResult::counted);
        }
    }
}

SCENARIO("steps of alerts are read in the order of arrival", "[store][queries]") {
    GIVEN("a cart checked twice, its alert accepted by the pharmacy") {
        const Folder folder(Place::memory);
        const auto ward = checked_twice(folder);
        Reader reader(folder.path());

        THEN("what arrived after a position is told in the order of arrival, with its place") {
            const auto all_steps =
                all<ArrivedStep>([&](auto sink) { reader.alerts_after(0, sink); });
            REQUIRE(all_steps.size() == 3);
            CHECK(all_steps[0].alert.step.step == AlertStepKind::raised);
            CHECK(all_steps[0].position < all_steps[1].position);
            CHECK(all_steps[2].alert.product_name.zh == "肾上腺素");
            CHECK(all_steps[2].position <= reader.last_position());

            const auto rest = all<ArrivedStep>(
                [&](auto sink) { reader.alerts_after(all_steps[1].position, sink); });
            REQUIRE(rest.size() == 1);
            CHECK(rest[0].position == all_steps[2].position);
            CHECK(all<ArrivedStep>([&](auto sink) {
                      reader.alerts_after(reader.last_position(), sink);
                  }).empty());
        }
        THEN("of what is open the last step is told, once") {
            const auto open = all<ArrivedStep>([&](auto sink) { reader.open_alerts(sink); });
            REQUIRE(open.size() == 1);
            CHECK(open[0].alert.step.step == AlertStepKind::changed);
            CHECK(open[0].alert.step.need.quantity == 6);
        }
        THEN("what is over is open no more") {
            ward->record({AlertClosed{{"OR-1", "epi"}, 1, true}});
            Reader later(folder.path());
            CHECK(all<ArrivedStep>([&](auto sink) { later.open_alerts(sink); }).empty());
            CHECK(all<ArrivedStep>([&](auto sink) { later.alerts_after(0, sink); }).size() == 4);
        }
    }
}

SCENARIO("reports read alerts, stock and readiness", "[store][queries]") {
    GIVEN("a cart checked twice, its alert accepted by the pharmacy") {
        const Folder folder(Place::memory);
        const auto ward = checked_twice(folder);
        Reader reader(folder.path());

        THEN("an alert's life is told step by step, from both journals") {
            const Span always{
                *parse_instant("2026-01-01T00:00:00.000Z"),
                *parse_instant("2027-01-01T00:00:00.000Z")};
            const auto steps = all<AlertReport>([&](auto sink) { reader.alerts(always, sink); });
            REQUIRE(steps.size() == 3);
            CHECK(steps[0].step.step == AlertStepKind::raised);
            CHECK(steps[1].step.step == AlertStepKind::accepted);
            CHECK(steps[1].step.by == "P001");
            CHECK(steps[1].by_name == "李药师");
            CHECK(steps[1].step.state == AlertState::accepted);
            CHECK(steps[2].step.step == AlertStepKind::changed);
            CHECK(steps[2].step.need.quantity == 6);
            CHECK(steps[2].step.state == AlertState::raised); // it got worse
            CHECK(steps[0].product_name.zh == "肾上腺素");
            CHECK(steps[0].station == "OR");

            const Span second{steps[1].step.at, steps[2].step.at};
            CHECK(all<AlertReport>([&](auto sink) { reader.alerts(second, sink); }).size() == 1);
        }
        THEN("stock lists every line, with a row for one that holds nothing") {
            const auto stock = all<StockReport>([&](auto sink) { reader.stock(sink); });
            REQUIRE(stock.size() == 2);
            CHECK(stock[0].line.id == "epi");
            CHECK(stock[0].unit == "支");
            REQUIRE(stock[0].holding.has_value());
            CHECK(stock[0].holding->quantity == 6);
            CHECK(stock[1].line.par == 2);
            CHECK_FALSE(stock[1].holding.has_value());
        }
        THEN("readiness is told check by check") {
            const auto rows =
                all<ReadinessReport>([&](auto sink) { reader.readiness(november, sink); });
            REQUIRE(rows.size() == 2);
            CHECK(rows[0].check == "ward-3f/1");
            CHECK(rows[0].readiness == Readiness::degraded);
            CHECK(rows[0].required == 3);
        }
    }
}

SCENARIO("reports keep to a period and to one moment", "[store][queries]") {
    GIVEN("a cart checked twice") {
        const Folder folder(Place::memory);
        const auto ward = checked_twice(folder);
        Reader reader(folder.path());

        THEN("a period has both its days and no other") {
            const auto count = [&](const char* from, const char* to) {
                return all<CheckReport>([&](auto sink) { reader.checks(days(from, to), sink); })
                    .size();
            };
            CHECK(count("2026-11-22", "2026-11-22") == 2);
            CHECK(count("2026-11-01", "2026-11-21") == 0);
            CHECK(count("2026-11-23", "2026-11-30") == 0);
            CHECK(count("2026-11-30", "2026-11-01") == 0);
            CHECK(reader.count(Question::checks) == 2);
            CHECK(reader.count(Question::findings) == 4);
            CHECK(reader.count(Question::alerts) == 3);
        }
        WHEN("the ward goes on while a reader is open") {
            CHECK(reader.count(Question::checks) == 2);
            ward->record(a_whole_check(3));
            THEN("the reader keeps its view and a new one sees the new check") {
                CHECK(reader.count(Question::checks) == 2);
                CHECK(Reader(folder.path()).count(Question::checks) == 3);
            }
        }
    }
}

TEST_CASE("a reader of what is not there says so", "[store][queries][refusal]") {
    const Folder folder;
    CHECK_THROWS_AS(Reader(folder.path("none.db")), StoreFailure);
    tamper(folder.path("stranger.db"), "CREATE TABLE t (a)");
    CHECK_THROWS_AS(Reader(folder.path("stranger.db")), StoreFailure);
}

} // namespace cartwatch::queries_test
