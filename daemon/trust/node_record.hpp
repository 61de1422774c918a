// What the pharmacy knows of one node's right to call, as the file of that node holds it: the code
// that is open, if any, and which certificates are good.
#pragma once

#include "scanner/values/day.hpp"
#include "scanner/values/result.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cartwatch::trust {

struct NodeRecord {
    // The code that was printed last. The secret itself is not kept.
    struct Code {
        std::string hash; // SHA-256 of the secret
        Instant until;
        int wrong = 0; // tries with another secret since it was printed
        bool used = false;
        std::string key = {}; // once used: whose, as crypto::Request says it

        friend bool operator==(const Code&, const Code&) = default;
    };

    struct Issued {
        std::string fingerprint;
        Instant until;

        friend bool operator==(const Issued&, const Issued&) = default;
    };

    std::string node;
    std::optional<Code> code;

    // Those that are good: the one in use, and the one that shall follow it. A certificate that is
    // not here was replaced or revoked, whatever it says of itself.
    std::vector<Issued> certificates;
    bool revoked = false;

    friend bool operator==(const NodeRecord&, const NodeRecord&) = default;
};

[[nodiscard]] std::string to_text(const NodeRecord& record);

// Reads what to_text writes; refused (unavailable) for anything else.
[[nodiscard]] Result<NodeRecord> parse_node_record(std::string_view text);

} // namespace cartwatch::trust
