// One alert at a time: on the ward's disk, and on to the pharmacy's page.
#include "tests/bench/link/hospital.hpp"
#include "tests/bench/link/own_ward.hpp"
#include "tests/bench/link/parts.hpp"

#include <cstdio>

namespace cartwatch::link_bench {

namespace {

constexpr int controls = 1'000;

struct Ratios {
    std::vector<double> p50;
    std::vector<double> p99;
    std::vector<double> foreign;

    void add(const Samples& measured, double control_50, double control_99, double share) {
        p50.push_back(measured.at(0.5) / control_50);
        p99.push_back(measured.at(0.99) / control_99);
        foreign.push_back(share);
        std::printf(
            "   p50 %7.0f us = %5.2f x %5.0f   p99 %7.0f us = %5.2f x %5.0f   foreign %2.0f %%\n",
            measured.at(0.5),
            p50.back(),
            control_50,
            measured.at(0.99),
            p99.back(),
            control_99,
            share * 100);
    }
};

Samples deliveries(OwnWard& ward, Page& page, const std::string& node, int count) {
    Samples samples;
    for (int i = 0; i < count; ++i) {
        const OwnWard::Accepted accepted = ward.accept();
        page.wait_until_shown(node, accepted.seq);
        samples.add(microseconds(accepted.asked, now()));
    }
    return samples;
}

void deliver(Bench& bench, Hospital& hospital, bool tls) {
    const std::string node = tls ? "tls-ward" : "plain-ward";
    const auto credentials = tls ? std::optional(hospital.join(node)) : std::nullopt;
    OwnWard ward(node, &hospital, credentials);
    Ratios ratios;
    for (int round = 0; round < bench.rounds; ++round) {
        Page page(hospital);
        const ForeignTime foreign({hospital.pharmacy().id()});
        const Samples flush = flush_control(hospital.folder(), bench.count(controls));
        const Samples trip = round_trip_control(bench.count(controls));
        const double used = processor_seconds(hospital.pharmacy().id());
        const Samples measured = deliveries(ward, page, node, bench.count(500));
        print_cost(processor_seconds(hospital.pharmacy().id()) - used, measured.count());
        ratios.add(
            measured,
            2 * flush.at(0.5) + trip.at(0.5),
            2 * flush.at(0.99) + trip.at(0.99),
            foreign.share());
    }
    const std::string what =
        std::string("asked -> on both disks and on the page, ") + (tls ? "TLS" : "plain") + ", ";
    const double allowance = tls ? 1.25 : 1;
    const double share = median(ratios.foreign);
    bench.goals.at_most(what + "p50 / (2F+R)", median(ratios.p50), 1.5 * allowance, share);
    bench.goals.at_most(what + "p99 / (2F+R)", median(ratios.p99), 2.5 * allowance, share);
}

} // namespace

void measure_accepting(Bench& bench) {
    support::TemporaryFolder folder;
    OwnWard ward("ward-1", nullptr);
    Ratios ratios;
    for (int round = 0; round < bench.rounds; ++round) {
        const ForeignTime foreign({});
        const Samples flush = flush_control(folder.folder(), bench.count(controls));
        Samples measured;
        for (int i = 0; i < bench.count(controls); ++i) {
            const OwnWard::Accepted accepted = ward.accept();
            measured.add(microseconds(accepted.asked, accepted.answered));
        }
        ratios.add(measured, flush.at(0.5), flush.at(0.99), foreign.share());
    }
    const double share = median(ratios.foreign);
    bench.goals.at_most("ward accepts, p50 / F", median(ratios.p50), 2, share);
    bench.goals.at_most("ward accepts, p99 / F", median(ratios.p99), 3, share);
}

void measure_delivering(Bench& bench) {
    Hospital hospital(bench.program);
    hospital.join("nobody"); // the authority is made before the pharmacy starts
    hospital.start();
    deliver(bench, hospital, false);
    deliver(bench, hospital, true);
}

} // namespace cartwatch::link_bench
