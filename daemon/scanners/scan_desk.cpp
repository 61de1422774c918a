#include "daemon/scanners/scan_desk.hpp"

#include "scanner/values/text.hpp"

#include <algorithm>

#include <sys/stat.h>

namespace cartwatch::scanners {

namespace asio = boost::asio;
using asio::local::stream_protocol;
using boost::system::error_code;

// What is known of one run of a scanner process: its numbers rise by one, so the highest that was
// given and those still open among them say everything.
struct ScanDesk::Session {
    std::string name;
    std::uint64_t highest = 0;
    std::set<std::uint64_t> open; // given, not yet acknowledged
    Peer* peer = nullptr;         // where acknowledgements go; null while not connected
};

struct ScanDesk::Peer {
    std::unique_ptr<channel::LineChannel> channel;
    std::shared_ptr<Session> session; // null before its hello
    bool turned_away = false;
};

ScanDesk::ScanDesk(asio::any_io_executor executor, Events events)
    : events_(std::move(events)), acceptor_(std::move(executor)) {}

ScanDesk::~ScanDesk() {
    if (!path_.empty()) {
        std::error_code ignored; // a socket left behind is replaced by the next daemon
        std::filesystem::remove(path_, ignored);
    }
}

Result<void> ScanDesk::open(const std::filesystem::path& path) {
    constexpr std::size_t path_bytes_max = 107; // of sockaddr_un, less its final zero
    if (path.string().size() > path_bytes_max) {
        return refused(
            ErrorCode::bad_input, "the socket's path is longer than 107 bytes: " + path.string());
    }
    const stream_protocol::endpoint endpoint(path.string());
    error_code error;
    stream_protocol::socket probe(acceptor_.get_executor());
    probe.connect(endpoint, error);
    if (!error) {
        return refused(ErrorCode::conflict, "another process listens on " + path.string());
    }
    if (error == asio::error::connection_refused) {
        std::error_code ignored; // bind will say what is wrong
        std::filesystem::remove(path, ignored);
    }
    error.clear();
    acceptor_.open(stream_protocol(), error);
    if (!error) {
        // Before bind, so that the socket is never open to others, not even for a moment.
        ::fchmod(acceptor_.native_handle(), S_IRUSR | S_IWUSR);
        acceptor_.bind(endpoint, error);
    }
    if (!error) {
        acceptor_.listen(static_cast<int>(peers_max), error);
    }
    if (error) {
        return refused(
            ErrorCode::unavailable, "cannot listen on " + path.string() + ": " + error.message());
    }
    path_ = path;
    accept_next();
    return {};
}

void ScanDesk::accept_next() {
    const std::weak_ptr<bool> alive = alive_;
    acceptor_.async_accept([this, alive](error_code error, stream_protocol::socket socket) {
        if (alive.expired()) {
            return;
        }
        if (!error) {
            add_peer(std::move(socket));
        } else {
            events_.log("accepting a scanner failed: " + error.message());
        }
        accept_next();
    });
}

void ScanDesk::add_peer(channel::LineChannel::Socket socket) {
    if (peers_.size() >= peers_max) {
        events_.log("more than 8 scanner processes; the newest was turned away");
        return; // the socket closes with its scope
    }
    Peer* const peer = peers_.emplace_back(std::make_unique<Peer>()).get();
    channel::LineChannel::Events events;
    events.line = [this, peer](const std::string& line) { take_line(*peer, line); };
    events.overlong = [this, peer] { turn_away(*peer, "a line is longer than 64 KiB"); };
    events.closed = [this, peer](const std::string&) { forget(peer); };
    peer->channel = std::make_unique<channel::LineChannel>(
        std::move(socket), wire::scanner_line_max, std::move(events));
    peer->channel->start();
}

void ScanDesk::take_line(Peer& peer, const std::string& text) {
    const auto line = wire::parse_scanner_line(text);
    if (!line) {
        turn_away(peer, line.error().text);
    } else if (const auto* hello = std::get_if<wire::HelloLine>(&*line)) {
        take_hello(peer, hello->session);
    } else if (!peer.session) {
        turn_away(peer, "the first line must be a hello");
    } else if (const auto* scan = std::get_if<wire::ScanLine>(&*line)) {
        take_scan(peer, *scan);
    } else {
        events_.device(std::get<wire::DeviceLine>(*line));
    }
}

void ScanDesk::take_hello(Peer& peer, const std::string& session) {
    if (peer.session) {
        turn_away(peer, "a second hello");
        return;
    }
    const auto known = std::find_if(sessions_.begin(), sessions_.end(), [&](const auto& candidate) {
        return candidate->name == session;
    });
    if (known != sessions_.end()) {
        sessions_.splice(sessions_.begin(), sessions_, known);
    } else {
        sessions_.push_front(std::make_shared<Session>());
        sessions_.front()->name = session;
        if (sessions_.size() > sessions_max) {
            sessions_.pop_back();
        }
    }
    peer.session = sessions_.front();
    peer.session->peer = &peer;
}

void ScanDesk::take_scan(Peer& peer, const wire::ScanLine& scan) {
    Session& session = *peer.session;
    if (scan.number <= session.highest) {
        if (!session.open.contains(scan.number)) {
            peer.channel->send(
                wire::to_line(wire::AckLine{scan.number})); // the answer was lost, not the scan
        }
        return;
    }
    session.highest = scan.number;
    session.open.insert(scan.number);
    const std::weak_ptr<bool> alive = alive_;
    const std::weak_ptr<Session> which = peer.session;
    events_.scan(session.name, scan, [this, alive, which, number = scan.number] {
        if (!alive.expired()) {
            acknowledge(which, number);
        }
    });
}

void ScanDesk::acknowledge(const std::weak_ptr<Session>& which, std::uint64_t number) {
    const auto session = which.lock();
    if (session && session->open.erase(number) > 0 && session->peer != nullptr) {
        session->peer->channel->send(wire::to_line(wire::AckLine{number}));
    }
}

void ScanDesk::tell(const wire::SignalLine& line) {
    tell_all(wire::to_line(line));
}

void ScanDesk::tell(const wire::LayoutLine& line) {
    tell_all(wire::to_line(line));
}

void ScanDesk::tell_all(const std::string& line) {
    for (const auto& session : sessions_) {
        if (session->peer != nullptr) {
            session->peer->channel->send(line);
        }
    }
}

void ScanDesk::turn_away(Peer& peer, const std::string& reason) {
    events_.log("a scanner process was turned away: " + reason);
    peer.channel->send(wire::to_error_line(reason));
    peer.channel->close_when_sent();
    forget(&peer);
}

// From a step of its own: the peer's own callback may be what runs now.
void ScanDesk::forget(const Peer* peer) {
    for (const auto& session : sessions_) {
        if (session->peer == peer) {
            session->peer = nullptr;
        }
    }
    const std::weak_ptr<bool> alive = alive_;
    asio::post(acceptor_.get_executor(), [this, alive, peer] {
        if (!alive.expired()) {
            peers_.remove_if([peer](const auto& candidate) { return candidate.get() == peer; });
        }
    });
}

} // namespace cartwatch::scanners
