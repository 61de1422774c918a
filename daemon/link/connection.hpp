// Moves one session's lines over one wire: a reader and a writer, each await with an end, each
// buffer with a bound. Decides nothing: the session does, and the client or server that owns both.
#pragma once

#include "daemon/link/lines.hpp"
#include "daemon/link/services.hpp"
#include "daemon/link/session.hpp"
#include "daemon/link/wire.hpp"
#include "daemon/loop/wakeup.hpp"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace cartwatch::link {

// Called by a connection, never after its run() ended.
struct ConnectionEvents {
    std::function<void()> introduced; // the caller's name is known: admit or close
    std::function<void()> changed;    // something that Status shows
};

class Connection {
public:
    // Precondition: the wire is connected. Services outlive the connection.
    Connection(
        Wire wire, SessionOptions options, const Services& services, ConnectionEvents events);

    // Speaks until the conversation is over and what was received is stored. Throws where the store
    // does not answer. To be started once; the connection outlives it.
    [[nodiscard]] boost::asio::awaitable<void> run();

    void admit();
    void own_journal_grew();
    void ask_back();

    // Tells the peer why and ends, within a few seconds whatever the peer does.
    void close(std::string code, std::string text);

    // Ends at once, telling nobody.
    void cut(const std::string& text);

    // The peer sent TLS records that carry nothing, and no end of them.
    [[nodiscard]] bool was_flooded() const;

    // The conversation is over, and the peer may still read why.
    [[nodiscard]] bool lingers() const;

    [[nodiscard]] const Session& session() const;
    [[nodiscard]] std::optional<Instant> last_contact() const;

private:
    [[nodiscard]] boost::asio::awaitable<void> read_all();
    [[nodiscard]] boost::asio::awaitable<void> write_all();
    [[nodiscard]] boost::asio::awaitable<boost::system::error_code> write_out();
    [[nodiscard]] boost::system::error_code take_bytes();
    void hear_lines();
    bool hear_while_wanted();
    void settle();
    void hand_over();
    void batch_done(const Result<void>& outcome);
    [[nodiscard]] std::int64_t stored() const;
    void wait_for_store();
    void store_is_late();
    void tell_acknowledged();
    void set_alarm();
    [[nodiscard]] bool is_closed() const;

    Wire wire_;
    const Services* services_;
    ConnectionEvents events_;
    SessionLimits limits_;
    Session session_;
    Lines lines_;
    std::string outgoing_;
    loop::Wakeup reader_;
    loop::Wakeup writer_;
    loop::Wakeup store_;
    std::optional<Instant> last_contact_;
    std::optional<std::int64_t> told_acknowledged_;
    std::optional<Ticks> alarm_at_;
    loop::Alarm alarm_;       // the session's time
    loop::Alarm linger_;      // the end of a closed connection
    loop::Alarm store_alarm_; // the store's answer
    bool introduced_ = false;
    bool store_is_late_ = false;
    // Held weakly by what may call back after the loop threw this connection away.
    std::shared_ptr<Connection*> self_;
};

} // namespace cartwatch::link
