// Everything that is true now, computed from entries alone: `apply` is the only way in which any of
// it changes. A ward knows itself and the pharmacy; the pharmacy knows every ward.
#pragma once

#include "daemon/readiness/code_index.hpp"
#include "daemon/readiness/event.hpp"
#include "scanner/codes/scanned_code.hpp"

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cartwatch::readiness {

// The full check of a cart that was closed last.
struct LastCheck {
    std::string id;
    std::string by; // staff id of the signature
    Instant at;
    Day working_day;
    int list_order = 0;          // checks in a row that kept to the order of the list
    std::vector<Remark> remarks; // how it was done

    friend bool operator==(const LastCheck&, const LastCheck&) = default;
};

// Tag numbers are given in blocks of ten thousand, one block a node, apart for each type.
struct TagSeries {
    codes::TagType type = codes::TagType::cart;
    int block = 0; // 0 to 999

    friend auto operator<=>(const TagSeries&, const TagSeries&) = default;
};

// What one node's journal says.
struct NodeState {
    std::optional<Policy> policy; // nullopt: none published
    std::map<std::string, Station> stations;
    std::map<std::string, Product> products;
    std::map<std::string, Staff> staff;
    std::map<std::string, Cart> carts;
    std::map<std::string, Check> open_checks;            // by check id; at most one a cart
    std::map<AlertKey, Alert> alerts;                    // the latest episode of each key
    std::vector<IssuedRecall> recalls;                   // withdrawn ones too
    std::map<std::int64_t, RecallAnswer> recall_answers; // by the recall's seq
    std::vector<RecallRemoval> recall_removals;
    std::vector<PublishedSubstitution> substitutions; // the last of each products and place
    std::vector<CodeLinked> links;                    // beside the identifiers of the products
    std::map<std::string, LastCheck> last_checks;     // by cart id
    std::map<std::string, SealRecord> seals;          // by number: those issued, and those seen
    std::map<TagSeries, int> tags_given;              // highest number within the block, ever
    int checks_opened = 0;                            // numbers check ids
    std::optional<Day> last_judged;
    std::optional<Day> confirmed_day; // by a badge, when the clock had been wrong
    CodeIndex index;                  // of the carts, staff, products and links above

    friend bool operator==(const NodeState&, const NodeState&) = default;
};

struct State {
    std::string self;     // this node
    std::string pharmacy; // the pharmacy's node name; on the pharmacy equal to self
    std::map<std::string, NodeState> nodes;

    friend bool operator==(const State&, const State&) = default;
};

// Applies one entry. Entries of one node come in order; an entry that does not fit the state (a
// closed check's step, an old episode's acceptance) changes nothing.
void apply(State& state, const Recorded& entry);

// Makes the index of a node anew, for whoever put the node together without `apply`.
void index_codes(NodeState& node);

// Looked up in the node's own journal first, then in the pharmacy's; nullptr where there is none.
[[nodiscard]] const Product*
find_product(const State& state, std::string_view node, std::string_view id);
// The same, held as strictly as the node's definition and the pharmacy's together: one that a ward
// made before the pharmacy's keeps its words and codes, but loosens nothing that the pharmacy says
// (setup.hpp, looser_than_pharmacy, refuses such a one that is made later).
[[nodiscard]] Product held_strictly(const State& state, std::string_view node, Product product);
// Its look-alike/sound-alike group held so; empty: none.
[[nodiscard]] const std::string&
lasa_group_of(const State& state, std::string_view node, const Product& product);
[[nodiscard]] std::optional<Product>
find_strictly(const State& state, std::string_view node, std::string_view id);
[[nodiscard]] const Staff*
find_staff(const State& state, std::string_view node, std::string_view id);
[[nodiscard]] const Staff*
find_badge(const State& state, std::string_view node, std::string_view badge);

// Whether this node's own definition of the person stands in for the one of `source`: who is
// retired or changed here has no other self at the pharmacy.
[[nodiscard]] bool
is_shadowed(const State& state, const NodeState& source, const std::string& person);

// The parts whose master data counts for a node: its own first, then the pharmacy's.
class Sources {
public:
    Sources(const NodeState& own, const NodeState& pharmacy)
        : parts_{&own, &pharmacy}, count_(&own == &pharmacy ? 1 : 2) {}

    [[nodiscard]] const NodeState* const* begin() const {
        return parts_.data();
    }

    [[nodiscard]] const NodeState* const* end() const {
        return parts_.data() + count_;
    }

    [[nodiscard]] std::size_t size() const {
        return count_;
    }

private:
    std::array<const NodeState*, 2> parts_;
    std::size_t count_;
};

[[nodiscard]] Sources sources_for(const State& state, std::string_view node);

// Raised whenever the same entries give another state, or other rows of it, than before: a store
// whose tables were written under another number makes them anew from its journal when it is
// opened.
inline constexpr int fold_version = 9;

// The node's part, or an empty one.
[[nodiscard]] const NodeState& node_of(const State& state, std::string_view node);

// The latest of today by the clock, the last day that was judged and the last on which a cart was
// checked: a clock set back brings nothing that expired back to life.
[[nodiscard]] Day latest_day(const NodeState& node, Day today);

// The same; with the clock set back nobody knows which shift it is.
[[nodiscard]] AsOf latest_day(const NodeState& node, const AsOf& as_of);

// Whether the pharmacy's machine has judged a day that lies more than one after this ward's latest:
// one of the two clocks is wrong, and by this one nobody may call a cart ready (doubt.hpp). One day
// is allowed for a midnight that one of the machines has not reached yet.
[[nodiscard]] bool is_behind_pharmacy(const State& state, std::string_view node, Day today);

// The open check of a cart, or nullptr.
[[nodiscard]] const Check* open_check_of(const NodeState& node, std::string_view cart);

// The recall of this node that is in force, or nullptr.
[[nodiscard]] const IssuedRecall* recall_in_force(const NodeState& node, const Recall& recall);

// These recalls as they reach this node: each also under every other name of the same packs there
// (same_packs in lookup.hpp), which come last.
[[nodiscard]] std::vector<Recall>
reach_of(const State& state, std::string_view node, std::vector<Recall> recalls);

// All recalls in force for a node, its own and the pharmacy's, as they reach it.
[[nodiscard]] std::vector<Recall> recalls_for(const State& state, std::string_view node);

// Substitutions that count for a node, its own and the pharmacy's: not withdrawn, ended ones too.
[[nodiscard]] std::vector<Substitution>
substitutions_for(const State& state, std::string_view node);

// The policy in force for a node: the pharmacy's where it has published one, else its own.
[[nodiscard]] Policy policy_for(const State& state, std::string_view node);

} // namespace cartwatch::readiness
