#include "tests/bench/link/hospital.hpp"

#include "daemon/crypto/sha256.hpp"
#include "daemon/link/wire.hpp"
#include "daemon/readiness/event.hpp"
#include "daemon/trust/join_code.hpp"

#include <charconv>
#include <chrono>
#include <fstream>
#include <stdexcept>
#include <utility>

#include <poll.h>

namespace cartwatch::link_bench {

namespace {

Instant time_of_day() {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

template <typename Value>
Value taken(Result<Value> result) {
    if (!result) {
        throw std::runtime_error(result.error().text);
    }
    return std::move(*result);
}

// Entry n of a ward: an odd one raises the alert's next episode, an even one closes it.
readiness::Event event_of(std::int64_t seq) {
    const readiness::AlertKey key{"OR-1", "epi"};
    const int episode = static_cast<int>((seq + 1) / 2);
    if (seq % 2 == 0) {
        return readiness::AlertClosed{key, episode, true};
    }
    readiness::AlertRaised raised;
    raised.key = key;
    raised.episode = episode;
    raised.need.line = "epi";
    raised.need.product = "epinephrine-1mg";
    raised.need.severity = readiness::Severity::critical;
    raised.need.quantity = 4;
    raised.need.reasons.absent = 4;
    raised.need.kinds = {readiness::FindingKind::shortage};
    raised.need.par = 10;
    raised.need.usable = 6;
    return raised;
}

std::int64_t number_at(std::string_view text, std::size_t at) {
    std::int64_t number = 0;
    std::from_chars(text.data() + at, text.data() + text.size(), number);
    return number;
}

} // namespace

Diary::Diary(std::string node) : node_(std::move(node)) {}

std::vector<std::string> Diary::write(int count) {
    std::vector<std::string> lines;
    lines.reserve(static_cast<std::size_t>(count));
    const Instant at = time_of_day();
    for (int i = 0; i < count; ++i) {
        const readiness::Recorded recorded{
            node_, head_.seq + 1, at, "system", event_of(head_.seq + 1)};
        const journal::Entry entry = journal::make_entry(head_, recorded, crypto::sha256);
        head_ = {entry.seq, entry.hash};
        lines.push_back(journal::to_line(entry) + '\n');
    }
    return lines;
}

Hospital::Hospital(std::string program)
    : program_(std::move(program)),
      authority_(trust::trust_folder(folder_ / "pharmacy"), "pharmacy"),
      link_port_(free_port()),
      board_port_(free_port()) {
    std::ofstream file(folder_ / "pharmacy.toml");
    file << "node = \"pharmacy\"\nstate = \"" << (folder_ / "pharmacy").string()
         << "\"\npages = \"\"\nlog_level = \"warn\"\n[web]\nport = " << board_port_
         << "\n[link]\nport = " << link_port_ << "\n";
}

void Hospital::start() {
    const std::vector<std::string> words{
        program_, "pharmacy", "--config", (folder_ / "pharmacy.toml").string()};
    pharmacy_ = std::make_unique<Process>(words, folder_ / "pharmacy.log");
    pharmacy_->wait_until(
        [this] { return is_listened_to(link_port_) && is_listened_to(board_port_); });
    end_wait();
}

// A pharmacy of which wards have joined waits for what it may have written before: here nobody
// holds any of it.
void Hospital::end_wait() const {
    Channel channel(connect_to(board_port_));
    const std::string host = "127.0.0.1:" + std::to_string(board_port_);
    channel.send(
        "POST /api/v1/past/go_on HTTP/1.1\r\nHost: " + host + "\r\nOrigin: http://" + host
        + "\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
    const std::string answer = channel.receive_until("\r\n\r\n");
    if (answer.find(" 200 ") == std::string::npos) {
        throw std::runtime_error("the board says: " + answer);
    }
}

void Hospital::stop() {
    pharmacy_.reset();
}

crypto::Credentials Hospital::join(const std::string& node) {
    const Instant now = time_of_day();
    if (const auto made = authority_.make_folders(); !made) {
        throw std::runtime_error(made.error().text);
    }
    const trust::JoinCode code = taken(trust::parse_join_code(taken(authority_.enroll(node, now))));
    crypto::Credentials credentials;
    credentials.key = crypto::make_key();
    const trust::Issued issued =
        taken(authority_.join(node, code.secret, crypto::make_request(credentials.key, node), now));
    credentials.certificate = issued.certificate;
    credentials.authority = issued.authority;
    return credentials;
}

Speaker::Speaker(
    const Hospital& hospital,
    const std::string& node,
    const std::optional<crypto::Credentials>& credentials)
    : channel_(connect_to(hospital.link_port())) {
    if (credentials) {
        channel_.begin_tls(taken(link::calling_context(*credentials)));
    }
    channel_.send(R"({"type":"hello","protocol":1,"node":")" + node + R"(","have":{}})" + "\n");
    const std::string hello = channel_.receive_until("\n");
    if (hello.find(R"("type":"hello")") == std::string::npos) {
        throw std::runtime_error("the pharmacy says: " + hello);
    }
}

void Speaker::hear(std::string_view bytes) {
    heard_ += bytes;
    std::size_t begin = 0;
    for (std::size_t end = heard_.find('\n'); end != std::string::npos;
         end = heard_.find('\n', begin)) {
        const std::string_view line = std::string_view(heard_).substr(begin, end - begin);
        constexpr std::string_view ack = R"({"type":"ack","seq":)";
        if (line.starts_with(ack)) {
            acknowledged_ = number_at(line, ack.size());
        } else if (line.find(R"("type":"error")") != std::string_view::npos) {
            throw std::runtime_error("the pharmacy says: " + std::string(line));
        } else if (line == R"({"type":"ping"})") {
            ping_heard_ = true;
        }
        begin = end + 1;
    }
    heard_.erase(0, begin);
    if (std::exchange(ping_heard_, false)) {
        channel_.send("{\"type\":\"pong\"}\n");
    }
}

void Speaker::wait_until_acknowledged(std::int64_t seq) {
    while (acknowledged_ < seq) {
        hear(channel_.receive());
    }
}

void Speaker::send_all(const std::vector<std::string>& lines, std::int64_t last) {
    constexpr std::size_t at_once = 64 * 1'024;
    std::size_t next = 0;
    std::string pending;
    while (acknowledged_ < last) {
        while (pending.size() < at_once && next < lines.size()) {
            pending += lines[next++];
        }
        if (!pending.empty()) {
            pending.erase(0, channel_.offer(pending));
        }
        if (const std::string_view bytes = channel_.look(); !bytes.empty()) {
            hear(bytes);
            continue;
        }
        const short events = static_cast<short>(pending.empty() ? POLLIN : POLLIN | POLLOUT);
        pollfd waiting{channel_.number(), events, 0};
        if (::poll(&waiting, 1, 30'000) == 0) {
            throw std::runtime_error("nothing was taken or acknowledged for half a minute");
        }
    }
}

void Speaker::stay() {
    for (std::string_view bytes = channel_.look(); !bytes.empty(); bytes = channel_.look()) {
        hear(bytes);
    }
    channel_.send("{\"type\":\"pong\"}\n");
}

void Speaker::listen_until(Time end) {
    for (Time at = now(); at < end; at = now()) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - at);
        pollfd waiting{channel_.number(), POLLIN, 0};
        if (::poll(&waiting, 1, static_cast<int>(left.count())) > 0) {
            hear(channel_.look());
        }
    }
}

Page::Page(const Hospital& hospital) : channel_(connect_to(hospital.board_port())) {
    const std::string host = "127.0.0.1:" + std::to_string(hospital.board_port());
    channel_.send(
        "GET /api/v1/live HTTP/1.1\r\nHost: " + host + "\r\nOrigin: http://" + host
        + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    const std::string answer = channel_.receive_until("\r\n\r\n");
    if (answer.find(" 101 ") == std::string::npos) {
        throw std::runtime_error("the board says: " + answer);
    }
}

// RFC 6455, 5.2: what a server sends is not masked.
std::string Page::next_message() {
    while (true) {
        const std::string head = channel_.receive_exactly(2);
        const auto byte = [](char value) { return static_cast<unsigned char>(value); };
        std::size_t size = byte(head[1]) & 0x7fU;
        const std::size_t more = size == 126 ? 2 : size == 127 ? 8 : 0;
        if (more > 0) {
            size = 0;
            for (const char value : channel_.receive_exactly(more)) {
                size = size * 256 + byte(value);
            }
        }
        std::string payload = channel_.receive_exactly(size);
        const unsigned opcode = byte(head[0]) & 0x0fU;
        if (opcode == 9) { // a ping; the answer is masked with nothing
            channel_.send(std::string("\x8a\x80\0\0\0\0", 6));
        } else if (opcode == 8) {
            throw std::runtime_error("the board closed the page");
        } else {
            return payload;
        }
    }
}

void Page::wait_until_shown(const std::string& node, std::int64_t entries) {
    const std::string row = R"("node":")" + node + '"';
    constexpr std::string_view count = R"("entries":)";
    while (true) {
        const std::string view = next_message();
        const std::size_t wards = view.rfind(R"("wards":)");
        const std::size_t ward = wards == std::string::npos ? wards : view.find(row, wards);
        const std::size_t at = ward == std::string::npos ? ward : view.find(count, ward);
        if (at != std::string::npos && number_at(view, at + count.size()) >= entries) {
            return;
        }
    }
}

void Page::read_until(const std::atomic<bool>& enough) {
    constexpr int look_again = 50; // milliseconds
    while (!enough) {
        pollfd waiting{channel_.number(), POLLIN, 0};
        if (::poll(&waiting, 1, look_again) > 0) {
            static_cast<void>(channel_.look());
        }
    }
}

} // namespace cartwatch::link_bench
