// Entries of several journals in an order in which they can have happened: an answer stands after
// what it answers, each journal keeps its own order, and time settles the rest. Needed where
// journals come one after the other that were once lived side by side.
#pragma once

#include "daemon/readiness/event.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

namespace cartwatch::store {

class CausalOrder {
public:
    // `pharmacy` is the node whose dispatches the wards' arrivals speak of.
    explicit CausalOrder(std::string pharmacy);

    // The next entry as it came; each journal's in its own order. About 100 bytes are kept of it.
    void add(const readiness::Recorded& entry);

    // The numbers of the entries, counted from 0 as they were added, in the order wanted. Where
    // causes contradict each other (journals of broken programs) time alone counts.
    [[nodiscard]] std::vector<std::size_t> order() const;

private:
    using Episode = std::tuple<std::string, readiness::AlertKey, int>;

    struct Step {
        std::size_t number = 0;
        std::int64_t seq = 0;
        Instant at;
        std::string cause_node; // empty: none
        std::int64_t cause_seq = 0;
        const std::int64_t* raised = nullptr; // of the episode that it answers; 0: not raised here
    };

    using Journals = std::map<std::string, std::vector<Step>>;

    [[nodiscard]] bool
    may_follow(const Step& step, const std::map<std::string, std::size_t>& taken) const;

    std::string pharmacy_;
    Journals journals_;
    std::map<Episode, std::int64_t> raised_; // by episode: the entry that raised it
    std::size_t count_ = 0;
};

} // namespace cartwatch::store
