// What tests of whole checks share: OR-1 of the example ward counted in full, and sealed.
#pragma once

#include "tests/support/ward.hpp"

namespace cartwatch::support {

// Everything on OR-1 counted and tested, in order.
inline void count_or1(Ward& ward) {
    ward.run(a_gs1_scan(epi).lot("A1").expiry("2027-12-31"));
    ward.run(a_gs1_scan(atropine).lot("T").expiry("2028-01-31"));
    for (const char* serial : {"1", "2", "3"}) {
        ward.run(a_gs1_scan(ketamine).lot("K").expiry("2028-01-31").serial(serial));
    }
    ward.run(a_gs1_scan(blade));
    ward.run(readiness::ReportTest{true, "defib"});
    ward.run(readiness::ReportTest{true, "suction"});
}

inline const std::string first_seal = codes::own_tag(codes::TagType::seal, 457722);
inline const std::string other_seal = codes::own_tag(codes::TagType::seal, 457733);

// A full check of OR-1 by N1, closed with first_seal.
inline Ward a_sealed_ward() {
    Ward ward = a_ward();
    ward.open();
    count_or1(ward);
    ward.run(a_scan(first_seal));
    REQUIRE(ward.badge("N1").values.at("readiness") == "ready");
    return ward;
}

inline void pass_days(Ward& ward, int days) {
    ward.let_pass(std::chrono::days(days));
    ward.context.today += std::chrono::days(days);
    ward.context.working_day += std::chrono::days(days);
}

inline void set_policy(Ward& ward, const readiness::Policy& policy) {
    REQUIRE(ward.define({readiness::PolicyChanged{policy}}).message == "defined");
}

} // namespace cartwatch::support
