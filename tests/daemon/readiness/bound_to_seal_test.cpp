// What was bound to the seal when the cart was closed: the day until which it alone is enough.
#include "tests/daemon/readiness/check_kit.hpp"

namespace cartwatch::bound_to_seal_test {

using namespace cartwatch::readiness;
using namespace cartwatch::support;

TEST_CASE("a seal alone is enough until the day that was bound to it") {
    Ward ward = a_sealed_ward();
    REQUIRE(ward.cart("OR-1").seal->ready_until == day("2026-11-29"));
    const auto [days, message] = GENERATE(table<int, std::string>({
        {6, "seal_matches"},
        {7, "seal_matches"},
        {8, "sealed_past_ready"},
        {29, "sealed_past_ready"},
        {4'000, "sealed_full_too_old"},
    }));
    DYNAMIC_SECTION("after " << days << " days") {
        pass_days(ward, days);
        ward.scan_cart("OR-1");
        CHECK(ward.run(a_scan(first_seal)).message == message);
    }
}

TEST_CASE("a handover that finds a device failed ends what was bound to the seal") {
    Ward ward = a_sealed_ward();
    const bool passed = GENERATE(true, false);
    ward.run(a_control(ControlCode::handover));
    ward.badge("N1");
    ward.scan_cart("OR-1");
    ward.run(a_scan(first_seal));
    ward.run(ReportTest{passed, "defib"});
    ward.run(ReportTest{true, "suction"});
    ward.badge("N1");
    if (!passed) {
        ward.badge("N1"); // the first one was asked
    }
    REQUIRE(ward.brought<CheckClosed>() == 1);
    CHECK(ward.cart("OR-1").seal->ready_until.has_value() == passed);
}

} // namespace cartwatch::bound_to_seal_test
