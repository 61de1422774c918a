// A ward as its daemon makes it (ledger, store with synchronous=FULL, the link's client) without
// its pages and scanners, on a loop and a thread of its own.
#pragma once

#include "tests/bench/link/hospital.hpp"
#include "tests/bench/link/measure.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace cartwatch::link_bench {

class OwnWard {
public:
    // Furnished, with a check that is open. With a hospital it calls its pharmacy, over TLS where
    // there are credentials.
    OwnWard(
        const std::string& node,
        const Hospital* hospital,
        const std::optional<crypto::Credentials>& credentials = std::nullopt);
    OwnWard(const OwnWard&) = delete;
    OwnWard& operator=(const OwnWard&) = delete;
    OwnWard(OwnWard&&) = delete;
    OwnWard& operator=(OwnWard&&) = delete;
    ~OwnWard();

    struct Accepted {
        Time asked;
        Time answered; // it is on the ward's disk
        std::int64_t seq = 0;
    };

    // One more quantity is keyed in: one entry, one commit.
    Accepted accept();

private:
    struct Parts;

    std::unique_ptr<Parts> parts_;
};

} // namespace cartwatch::link_bench
