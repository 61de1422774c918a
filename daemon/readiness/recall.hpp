// The life of a recall: issued by the pharmacy, answered by every ward that learns of it with what
// it holds, taken out under a signature, and withdrawn where it was wrong. Values only.
#pragma once

#include "daemon/readiness/cart.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cartwatch::readiness {

struct Withdrawal {
    Instant at;
    std::string by; // staff id
    std::string reason;

    friend bool operator==(const Withdrawal&, const Withdrawal&) = default;
};

// A recall as it stands in its issuer's journal.
struct IssuedRecall {
    Recall recall;
    std::string reason;
    std::int64_t seq = 0; // of the entry that issued it: its name for those who answer
    Instant at;
    std::string by; // staff id
    std::optional<Withdrawal> withdrawn;

    friend bool operator==(const IssuedRecall&, const IssuedRecall&) = default;
};

// Units on one line that are of a recalled lot, or may be.
struct HeldUnits {
    std::string cart;
    std::string line;
    std::string position;
    std::string lot;
    int quantity = 0;
    bool possible = false; // no lot is known: they may be of it, somebody has to look

    friend bool operator==(const HeldUnits&, const HeldUnits&) = default;
};

// What a ward held when it learnt of the recall.
struct RecallAnswer {
    std::int64_t seq = 0; // IssuedRecall::seq
    Instant at;
    std::vector<HeldUnits> held;

    friend bool operator==(const RecallAnswer&, const RecallAnswer&) = default;
};

// Units of a recalled lot that somebody took out of a cart, and signed for.
struct RecallRemoval {
    std::string check;
    std::string cart;
    std::string line;
    std::string position;
    std::string product;
    std::string lot;
    int quantity = 0;
    Evidence evidence = Evidence::typed; // scanned: the lot's own code was read in that check
    std::string by;                      // staff id of the signature
    Instant at;                          // of the entry; not written in it

    friend bool operator==(const RecallRemoval&, const RecallRemoval&) = default;
};

// The same lot as people write it: case, blanks and full-width forms do not count. What is asked
// about too much is looked at; what is missed is given to a patient.
[[nodiscard]] bool is_same_lot(std::string_view one, std::string_view other);

// Whether the recall is of this lot of this product; without a lot it is of all of them.
[[nodiscard]] bool names(const Recall& recall, std::string_view product, std::string_view lot);

// Whether units of this product without a lot may be of the recalled one: nobody can tell before
// somebody looks at the packs.
[[nodiscard]] bool may_name(const Recall& recall, std::string_view product, std::string_view lot);

// The units of the cart that one of these, a recall as it reaches a node (reach_of in state.hpp),
// names or may name, by line and lot.
[[nodiscard]] std::vector<HeldUnits> held_by(const Cart& cart, std::span<const Recall> recalls);

} // namespace cartwatch::readiness
