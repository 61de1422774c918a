// Commits checks in a loop and says after each commit, on standard output, what the journal holds:
// that line is the acknowledgement. To be killed at any point; never ends by itself unless a commit
// fails (exit status 4, the failure on standard error).
//
// usage: commit_loop DATABASE [ROUNDS]
#include "tests/daemon/store/store_kit.hpp"

#include <cstdio>
#include <cstdlib>
#include <string>

int main(int count, char** arguments) {
    using namespace cartwatch::store_kit;
    const long rounds = count > 2 ? std::strtol(arguments[2], nullptr, 10) : 1'000'000'000;
    try {
        Ward ward(arguments[1]);
        const auto& node = cartwatch::readiness::node_of(ward.state(), "ward-3f");
        if (node.carts.empty()) {
            ward.record(a_stocked_cart());
        }
        int number = cartwatch::readiness::node_of(ward.state(), "ward-3f").checks_opened;
        for (long round = 0; round < rounds; ++round) {
            ++number;
            for (const auto& event : a_whole_check(number)) {
                ward.record({event});
                std::printf(
                    "%lld\n", static_cast<long long>(ward.store().heads().at("ward-3f").seq));
                std::fflush(stdout);
            }
            if (round % 7 == 3) {
                ward.store().checkpoint();
            }
        }
    } catch (const cartwatch::store::StoreFailure& failure) {
        std::fprintf(stderr, "%s\n", failure.what());
        return 4;
    }
    return 0;
}
