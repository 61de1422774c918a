// Looks at the clocks of alerts without anybody scanning: whatever ran out is judged, in as many
// turns of the loop as it takes, and then the next look is when something else runs out. Decides
// nothing: what runs out when is the rules' to say.
#pragma once

#include "daemon/loop/clock.hpp"

#include <chrono>
#include <functional>
#include <optional>

namespace cartwatch::node {

// After a judgement that brought nothing, though something had run out: the fault stays as it is,
// and must not fill the loop.
inline constexpr std::chrono::milliseconds alert_rest{60'000};

// What is asked of whoever keeps the books. None of them may be empty.
struct AlertDuties {
    // When something runs out next; nullopt: nothing will, or nothing can be said now.
    std::function<std::optional<Instant>(Instant now)> next;

    // Says what has run out. Tells `done` later, never from within the call: whether anything was
    // said.
    std::function<void(std::function<void(bool said)> done)> judge;
};

class AlertWatch {
public:
    // `clock` outlives this; this outlives what it asked to be judged.
    AlertWatch(loop::Clock& clock, AlertDuties duties);

    // Looks now, and whenever something runs out. To be called after every commit, for each may
    // have put that off or forward, and whenever the clock may have been set.
    void look();

    // Looks no more, unless it is called again.
    void stop() {
        alarm_.cancel();
    }

private:
    void judged(bool said);

    loop::Clock& clock_;
    AlertDuties duties_;
    loop::Alarm alarm_;
    bool judging_ = false;
    std::optional<loop::Ticks> rests_until_;
};

} // namespace cartwatch::node
