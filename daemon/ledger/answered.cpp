#include "daemon/ledger/answered.hpp"

#include "scanner/values/ensure.hpp"

namespace cartwatch::ledger {

Answered::Answered(std::vector<store::AnsweredRequest> known) {
    for (store::AnsweredRequest& request : known) {
        add(std::move(request));
    }
}

const store::AnsweredRequest* Answered::find(const std::string& id) const {
    const auto found = by_id_.find(id);
    return found == by_id_.end() ? nullptr : &found->second;
}

void Answered::add(store::AnsweredRequest request) {
    order_.push_back(request.id);
    const std::string& id = order_.back();
    ensure(by_id_.emplace(id, std::move(request)).second, "a request is answered once");
    if (order_.size() > store::answered_requests_kept) {
        by_id_.erase(order_.front());
        order_.pop_front();
    }
}

void Answered::forget_newest(std::size_t count) {
    for (; count > 0 && !order_.empty(); --count) {
        by_id_.erase(order_.back());
        order_.pop_back();
    }
}

} // namespace cartwatch::ledger
