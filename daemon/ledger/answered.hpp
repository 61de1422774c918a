// Which requests were answered already, by the id that whoever asked gave them. Bounded: the oldest
// is forgotten first.
#pragma once

#include "daemon/store/store.hpp"

#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace cartwatch::ledger {

class Answered {
public:
    // As loaded from the store, the oldest first.
    explicit Answered(std::vector<store::AnsweredRequest> known = {});

    // nullptr where the id is new.
    [[nodiscard]] const store::AnsweredRequest* find(const std::string& id) const;

    // The id must be new.
    void add(store::AnsweredRequest request);

    // What was added last and never got onto the disk.
    void forget_newest(std::size_t count);

private:
    std::deque<std::string> order_; // the oldest first
    std::unordered_map<std::string, store::AnsweredRequest> by_id_;
};

} // namespace cartwatch::ledger
