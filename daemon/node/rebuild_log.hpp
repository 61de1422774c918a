// Says on the log that a start makes the tables anew, how far it is, and when it is done: without a
// word a person takes the minutes for a hang, and ends it.
#pragma once

#include "daemon/store/store.hpp"

#include <chrono>
#include <functional>
#include <string_view>

namespace cartwatch::node {

// Between two words about how far it is: a person who watches knows that it lives.
inline constexpr std::chrono::seconds rebuild_said_each{5};

class RebuildLog {
public:
    using Ticks = std::function<std::chrono::steady_clock::time_point()>;
    using Say = std::function<void(std::string_view)>;

    RebuildLog(Ticks ticks, Say say);

    void hear(const store::RebuildProgress& progress);

private:
    Ticks ticks_;
    Say say_;
    std::chrono::steady_clock::time_point began_;
    std::chrono::steady_clock::time_point said_;
};

} // namespace cartwatch::node
