// Goal: the daemon's socket for scans stands whatever connects to it.
#include "tests/daemon/scanners/scanner_desk_kit.hpp"

#include <boost/asio/write.hpp>

namespace cartwatch::scan_desk_test {

using namespace cartwatch::scanners;
using test::Ward;
using Socket = boost::asio::local::stream_protocol::socket;

namespace {

wire::ScanLine scan(std::uint64_t number, const std::string& text = "1") {
    wire::ScanLine line;
    line.number = number;
    line.device = "gun";
    line.text = text;
    return line;
}

// A peer made of a bare socket.
class Peer {
public:
    explicit Peer(Ward& ward) : ward_(ward), socket_(ward.loop) {
        socket_.connect((ward.folder / "scans").string());
        socket_.non_blocking(true);
    }

    Peer& send(const std::string& line) {
        boost::system::error_code ignored; // a peer that was shown the door may still be talking
        boost::asio::write(socket_, boost::asio::buffer(line + "\n"), ignored);
        return *this;
    }

    // All that the desk says until it has said this many lines or has closed.
    std::vector<std::string> hear(std::size_t lines) {
        ward_.wait_until("the desk answers", [&] {
            std::array<char, 4096> chunk{};
            boost::system::error_code error;
            const std::size_t count = socket_.read_some(boost::asio::buffer(chunk), error);
            heard_.append(chunk.data(), count);
            closed = error && error != boost::asio::error::would_block;
            return closed
                   || std::count(heard_.begin(), heard_.end(), '\n') >= std::ptrdiff_t(lines);
        });
        std::vector<std::string> found;
        for (std::size_t end = heard_.find('\n'); end != std::string::npos;
             end = heard_.find('\n')) {
            found.push_back(heard_.substr(0, end));
            heard_.erase(0, end + 1);
        }
        return found;
    }

    bool closed = false;

private:
    Ward& ward_;
    Socket socket_;
    std::string heard_;
};

} // namespace

TEST_CASE("the socket is for this user alone, and a dead one is replaced") {
    Ward ward;
    const auto path = ward.folder / "scans";
    { boost::asio::local::stream_protocol::acceptor dead(ward.loop, path.string()); }
    ScanDesk desk(ward.loop.get_executor(), ward.events());
    REQUIRE(desk.open(path).has_value());
    using std::filesystem::perms;
    CHECK(std::filesystem::status(path).permissions() == (perms::owner_read | perms::owner_write));

    ScanDesk second(ward.loop.get_executor(), ward.events());
    const auto outcome = second.open(path);
    REQUIRE_FALSE(outcome.has_value());
    CHECK(outcome.error().code == ErrorCode::conflict);
}

TEST_CASE("a socket that cannot be made is refused") {
    Ward ward;
    ScanDesk desk(ward.loop.get_executor(), ward.events());
    CHECK(desk.open(ward.folder / std::string(200, 'x')).error().code == ErrorCode::bad_input);
    CHECK(desk.open("/nowhere/scans").error().code == ErrorCode::unavailable);
}

TEST_CASE("a repeat is given once and acknowledged as often as it is asked") {
    Ward ward;
    ScanDesk desk(ward.loop.get_executor(), ward.events());
    REQUIRE(desk.open(ward.folder / "scans").has_value());
    Peer first(ward);
    first.send(wire::to_line(wire::HelloLine{"a"})).send(wire::to_line(scan(1)));
    CHECK(first.hear(1) == std::vector{wire::to_line(wire::AckLine{1})});
    ward.acknowledges = false;
    first.send(wire::to_line(scan(2)));
    ward.wait_for_scans(2);

    Peer again(ward);
    again.send(wire::to_line(wire::HelloLine{"a"}));
    again.send(wire::to_line(scan(1))).send(wire::to_line(scan(2)));
    CHECK(again.hear(1) == std::vector{wire::to_line(wire::AckLine{1})});
    ward.owed.at(0)();
    ward.owed.at(0)();
    CHECK(again.hear(1) == std::vector{wire::to_line(wire::AckLine{2})});

    Peer other(ward);
    ward.acknowledges = true;
    other.send(wire::to_line(wire::HelloLine{"b"})).send(wire::to_line(scan(1)));
    CHECK(other.hear(1) == std::vector{wire::to_line(wire::AckLine{1})});
    CHECK(ward.scans.size() == 3);
}

TEST_CASE("garbage gets one error line and is closed; the others go on") {
    const auto garbage = GENERATE(
        std::string("garbage"),
        std::string("{}"),
        std::string("\xFF\xFE"),
        wire::to_line(scan(1)), // before its hello
        wire::to_line(wire::HelloLine{"b"}) + "\n" + wire::to_line(wire::HelloLine{"c"}),
        std::string(70'000, 'x'));
    Ward ward;
    ScanDesk desk(ward.loop.get_executor(), ward.events());
    REQUIRE(desk.open(ward.folder / "scans").has_value());
    Peer good(ward);
    good.send(wire::to_line(wire::HelloLine{"a"}));

    Peer bad(ward);
    bad.send(garbage);
    const auto answers = bad.hear(2);

    REQUIRE(answers.size() == 1);
    CHECK_FALSE(wire::parse_daemon_line(answers[0]).has_value());
    CHECK(bad.closed);
    good.send(wire::to_line(scan(1)));
    CHECK(good.hear(1) == std::vector{wire::to_line(wire::AckLine{1})});
    CHECK(ward.scans.size() == 1);
    ward.wait_until("the bad one is gone", [&] { return desk.peers() == 1; });
}

TEST_CASE("more peers than the desk has room for are turned away") {
    Ward ward;
    ScanDesk desk(ward.loop.get_executor(), ward.events());
    REQUIRE(desk.open(ward.folder / "scans").has_value());
    std::list<Peer> peers;
    for (std::size_t i = 0; i < peers_max; ++i) {
        peers.emplace_back(ward);
    }
    ward.wait_until("all are in", [&] { return desk.peers() == peers_max; });
    Peer late(ward);
    CHECK(late.hear(1).empty());
    CHECK(late.closed);
    peers.pop_back();
    ward.wait_until("there is room", [&] { return desk.peers() < peers_max; });
    Peer again(ward);
    again.send(wire::to_line(wire::HelloLine{"z"})).send(wire::to_line(scan(1)));
    CHECK(again.hear(1) == std::vector{wire::to_line(wire::AckLine{1})});
}

} // namespace cartwatch::scan_desk_test
