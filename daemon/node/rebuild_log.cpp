#include "daemon/node/rebuild_log.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace cartwatch::node {

namespace {

// Entries a second so far; 0 where no second has passed.
std::int64_t rate_of(std::int64_t done, std::chrono::milliseconds took) {
    return took.count() == 0 ? 0 : done * 1'000 / took.count();
}

} // namespace

RebuildLog::RebuildLog(Ticks ticks, Say say) : ticks_(std::move(ticks)), say_(std::move(say)) {}

void RebuildLog::hear(const store::RebuildProgress& progress) {
    const auto now = ticks_();
    const std::string all = std::to_string(progress.all);
    if (progress.done == 0) {
        began_ = now;
        said_ = now;
        return say_(
            "the tables are made anew from " + all
            + " entries, as after an upgrade; nothing is shown until that is done");
    }
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(now - began_);
    const std::string rate = std::to_string(rate_of(progress.done, took)) + " a second";
    if (progress.done == progress.all) {
        say_(
            "the tables are made anew from " + all + " entries in " + std::to_string(took.count())
            + " ms, " + rate);
    } else if (now - said_ >= rebuild_said_each) {
        said_ = now;
        say_(std::to_string(progress.done) + " of " + all + " entries, " + rate);
    }
}

} // namespace cartwatch::node
