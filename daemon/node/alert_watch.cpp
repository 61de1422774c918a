#include "daemon/node/alert_watch.hpp"

#include <utility>

namespace cartwatch::node {

AlertWatch::AlertWatch(loop::Clock& clock, AlertDuties duties)
    : clock_(clock), duties_(std::move(duties)) {}

void AlertWatch::look() {
    alarm_.cancel();
    const Instant now = clock_.now();
    const std::optional<Instant> next = duties_.next(now);
    if (!next || judging_) {
        return; // what is judged brings the next look with it
    }
    if (*next > now) {
        alarm_ = clock_.after(*next - now, [this] { look(); });
        return;
    }
    if (rests_until_ && clock_.ticks() < *rests_until_) {
        alarm_ = clock_.after(*rests_until_ - clock_.ticks(), [this] { look(); });
        return;
    }
    judging_ = true;
    duties_.judge([this](bool said) { judged(said); });
}

void AlertWatch::judged(bool said) {
    judging_ = false;
    rests_until_.reset();
    if (!said) {
        rests_until_ = clock_.ticks() + alert_rest;
    }
    look();
}

} // namespace cartwatch::node
