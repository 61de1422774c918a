// One end of a conversation whose other end is what the test says.
#pragma once

#include "daemon/link/session.hpp"
#include "tests/daemon/link/link_kit.hpp"

#include <catch2/catch.hpp>

#include <sstream>
#include <string>
#include <vector>

namespace cartwatch::link_kit {

using Texts = std::vector<std::string>;

inline constexpr std::size_t much = 1'000'000;

// One end, and a peer who says what the test lets it say.
struct Talk {
    explicit Talk(
        MemoryJournals& journals,
        const std::string& node = "ward-1",
        const std::string& called = "pharmacy",
        const link::SessionLimits& limits = {},
        const link::Marks& marks = {})
        : own(journals), session(with(marks, node, called, limits), journals.view(), now) {}

    static link::SessionOptions with(
        const link::Marks& marks,
        const std::string& node,
        const std::string& called,
        const link::SessionLimits& limits) {
        link::SessionOptions options = link_kit::options(node, called, limits);
        options.marks = marks;
        return options;
    }

    void hear(const std::string& line) {
        session.line_received(line, now);
    }

    Texts say() {
        std::istringstream output(session.has_output() ? session.take_output(much) : "");
        Texts lines;
        for (std::string line; std::getline(output, line);) {
            lines.push_back(line);
        }
        return lines;
    }

    // Stores what is there to store, at once.
    void store() {
        while (session.has_entries()) {
            own.view().store_received(session.take_entries(), [&](const Result<void>& outcome) {
                outcome ? session.stored() : session.not_stored(outcome.error());
            });
        }
    }

    void pass(link::Ticks time) {
        now += time;
        session.time_passed(now);
    }

    std::string code() const {
        return session.closing() ? session.closing()->code : "";
    }

    MemoryJournals& own;
    link::Ticks now{5'000};
    link::Session session;
};

inline std::string kind_of_line(const std::string& line) {
    const auto message = link::parse_message(line);
    REQUIRE(message);
    constexpr const char* names[] = {
        "hello", "entry", "ack", "ping", "pong", "error", "unknown", "return"};
    return names[message->index()];
}

inline Texts types_of(const Texts& lines) {
    Texts types;
    for (const std::string& line : lines) {
        types.push_back(kind_of_line(line));
    }
    return types;
}

} // namespace cartwatch::link_kit
