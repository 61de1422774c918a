// What both ends of the link need from their program, and what they show of themselves.
#pragma once

#include "daemon/link/journal.hpp"
#include "daemon/link/session.hpp"
#include "daemon/loop/clock.hpp"
#include "daemon/loop/task.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace cartwatch::link {

// One peer as seen from here.
struct Status {
    enum class State {
        off,        // not running, or (at the pharmacy) not connected
        connecting, // calling, or waiting to call again
        connected,  // hello said by both
    };

    State state = State::off;
    std::string peer;
    std::optional<Instant> last_contact; // when the last byte came
    std::int64_t sent = 0;               // the last entry of the own journal that was sent
    std::int64_t acknowledged = 0;       // the last that the peer has on its disk
    std::int64_t received = 0;           // the last of the peer's entries on this disk
    std::int64_t wrote = 0; // the last entry of the peer's journal when it said hello; 0: not told
    std::int64_t owed = 0;  // own entries that the peer holds and this disk does not
    bool two_callers = false;          // two machines seem to call by this name, in turns
    std::optional<Closing> last_error; // why it is not connected; empty once it is again

    friend bool operator==(const Status&, const Status&) = default;
};

// "off", "connecting", "connected"
[[nodiscard]] constexpr std::string_view to_text(Status::State state) {
    switch (state) {
    case Status::State::off:
        return "off";
    case Status::State::connecting:
        return "connecting";
    case Status::State::connected:
        return "connected";
    }
    return "";
}

// The pointers outlive the client or server; every function is called on the loop's thread.
struct Services {
    loop::Clock* clock = nullptr;
    const Journal* journal = nullptr;
    journal::Digest digest;                       // SHA-256
    Marks marks;                                  // of the own entries, where they bear some
    std::function<double()> random;               // 0 up to 1: jitter of the waits (client)
    std::function<void(const Status&)> on_status; // after every change; may be empty
    std::function<void(std::string_view)> note;   // a line for the log; may be empty
    loop::OnFailure on_failure;                   // of a connection's task (server)
};

} // namespace cartwatch::link
