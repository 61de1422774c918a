// A pharmacy as it runs in a hospital (its own process, its own store, its board), wards that speak
// the link's lines to it, and a page that shows the board.
#pragma once

#include "daemon/crypto/certificates.hpp"
#include "daemon/journal/entry.hpp"
#include "daemon/trust/authority.hpp"
#include "tests/bench/link/channel.hpp"
#include "tests/bench/link/measure.hpp"
#include "tests/bench/link/process.hpp"
#include "tests/support/temporary_folder.hpp"

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cartwatch::link_bench {

// A ward's journal: one alert that is raised and closed in turn, so that a board of a million
// entries shows as little as one in use does.
class Diary {
public:
    explicit Diary(std::string node);

    [[nodiscard]] const std::string& node() const {
        return node_;
    }

    // The next so many entries as lines of the link, each with its line feed.
    [[nodiscard]] std::vector<std::string> write(int count);

private:
    std::string node_;
    journal::Head head_;
};

class Hospital {
public:
    // `program`: cartwatch.
    explicit Hospital(std::string program);

    void start();
    void stop();

    // That node joins; its key and certificates.
    crypto::Credentials join(const std::string& node);

    [[nodiscard]] const Process& pharmacy() const {
        return *pharmacy_;
    }

    [[nodiscard]] std::uint16_t link_port() const {
        return link_port_;
    }

    [[nodiscard]] std::uint16_t board_port() const {
        return board_port_;
    }

    [[nodiscard]] const std::filesystem::path& folder() const {
        return folder_.folder();
    }

private:
    void end_wait() const;

    std::string program_;
    support::TemporaryFolder folder_;
    trust::Authority authority_;
    std::uint16_t link_port_;
    std::uint16_t board_port_;
    std::unique_ptr<Process> pharmacy_;
};

// A ward in the link's own words.
class Speaker {
public:
    // Connected and heard: the pharmacy has said hello. Over TLS where there are credentials.
    Speaker(
        const Hospital& hospital,
        const std::string& node,
        const std::optional<crypto::Credentials>& credentials = std::nullopt);

    void send(std::string_view lines) {
        channel_.send(lines);
    }

    // Answers pings meanwhile.
    void wait_until_acknowledged(std::int64_t seq);

    // Sends all of it as fast as it is taken, until all is acknowledged.
    void send_all(const std::vector<std::string>& lines, std::int64_t last);

    // Whatever came is read, and a sign of life given.
    void stay();

    // Listens for so long.
    void listen_until(Time end);

private:
    void hear(std::string_view bytes);

    Channel channel_;
    std::string heard_; // a line that has not ended yet
    std::int64_t acknowledged_ = 0;
    bool ping_heard_ = false;
};

// The board as a browser has it: /api/v1/live.
class Page {
public:
    explicit Page(const Hospital& hospital);

    // Until a view shows that many entries (or more) of that node.
    void wait_until_shown(const std::string& node, std::int64_t entries);

    // Takes every view as it comes until `enough`.
    void read_until(const std::atomic<bool>& enough);

private:
    [[nodiscard]] std::string next_message();

    Channel channel_;
};

} // namespace cartwatch::link_bench
