// Where scans arrive in the daemon: the Unix socket that cartwatch-scanner connects to. Drops
// repeats, sends acknowledgements, and shows garbage the door. Starts no process (scanner_process
// does) and decides nothing about a scan.
#pragma once

#include "scanner/channel/line_channel.hpp"
#include "scanner/values/result.hpp"
#include "scanner/wire/scan_line.hpp"

#include <boost/asio/local/stream_protocol.hpp>

#include <filesystem>
#include <functional>
#include <list>
#include <memory>
#include <set>

namespace cartwatch::scanners {

// One scanner process, its successor, a scanner started by hand, and a person with a terminal.
inline constexpr std::size_t peers_max = 8;

// Sessions whose numbers are remembered; the least recent is forgotten first. A session ends with
// its process, so this many restarts lie between a scan and a repeat that would not be known.
inline constexpr std::size_t sessions_max = 32;

class ScanDesk {
public:
    using Acknowledge = std::function<void()>;

    struct Events {
        // A scan that was not given before by this run of a scanner process (`session`; with the
        // scan's number it names the scan, also after the daemon was started anew). `acknowledge`
        // is called once the scan is on disk (or is judged to be nothing); until then the scanner
        // keeps it. It may be called at any later time, also after the desk or the peer has gone.
        std::function<void(const std::string& session, const wire::ScanLine&, Acknowledge)> scan;
        std::function<void(const wire::DeviceLine&)> device;
        std::function<void(const std::string&)> log;
    };

    ScanDesk(boost::asio::any_io_executor executor, Events events);
    ScanDesk(const ScanDesk&) = delete;
    ScanDesk& operator=(const ScanDesk&) = delete;
    ~ScanDesk();

    // Listens on the path, for this user alone (mode 0600); a socket left by a dead process is
    // replaced. Refused: the path is too long (107 bytes), its folder is missing or not ours
    // (unavailable), another process listens there (conflict).
    [[nodiscard]] Result<void> open(const std::filesystem::path& path);

    // Said to every scanner process that is connected: the one that has the device obeys. Nothing
    // is kept for later: a beep would come too late, and a layout is told again when the device is.
    void tell(const wire::SignalLine& line);
    void tell(const wire::LayoutLine& line);

    [[nodiscard]] std::size_t peers() const {
        return peers_.size();
    }

private:
    struct Session;
    struct Peer;

    void tell_all(const std::string& line);
    void accept_next();
    void add_peer(channel::LineChannel::Socket socket);
    void take_line(Peer& peer, const std::string& text);
    void take_hello(Peer& peer, const std::string& session);
    void take_scan(Peer& peer, const wire::ScanLine& scan);
    void turn_away(Peer& peer, const std::string& reason);
    void forget(const Peer* peer);
    void acknowledge(const std::weak_ptr<Session>& session, std::uint64_t number);

    Events events_;
    boost::asio::local::stream_protocol::acceptor acceptor_;
    std::filesystem::path path_; // empty: nothing is open
    std::list<std::unique_ptr<Peer>> peers_;
    std::list<std::shared_ptr<Session>> sessions_; // the most recent first
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

} // namespace cartwatch::scanners
