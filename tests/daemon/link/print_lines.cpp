// Prints every line that two sessions say to each other, and each error, one a line: what
// schemas.py holds against schema/link.schema.json. Nothing here writes a line itself.
#include "daemon/link/join_messages.hpp"
#include "daemon/link/session.hpp"
#include "tests/daemon/link/link_kit.hpp"

#include <iostream>
#include <sstream>

namespace {

using namespace cartwatch;
using link_kit::MemoryJournals;
using Phase = link::Session::Phase;

std::vector<std::string> printed(link::Session& session) {
    std::istringstream output(session.has_output() ? session.take_output(1'000'000) : "");
    std::vector<std::string> lines;
    for (std::string line; std::getline(output, line);) {
        std::cout << line << '\n';
        lines.push_back(line);
    }
    return lines;
}

void hear(
    link::Session& session,
    MemoryJournals& disk,
    const std::vector<std::string>& lines,
    link::Ticks now = {}) {
    for (const std::string& line : lines) {
        if (session.wants_input()) {
            session.line_received(line, now);
        }
        if (session.phase() == Phase::introduced) {
            session.admit(link::Ticks{0});
        }
    }
    while (session.has_entries()) {
        disk.view().store_received(session.take_entries(), [&](const Result<void>& outcome) {
            outcome ? session.stored() : session.not_stored(outcome.error());
        });
    }
}

void converse() {
    MemoryJournals ward_disk("ward-3f");
    MemoryJournals pharmacy_disk("pharmacy");
    ward_disk.record(4, 30);
    pharmacy_disk.record(2);
    pharmacy_disk.hold(ward_disk, 1);
    ward_disk.hold(pharmacy_disk, 1);
    link::Session ward(link_kit::options("ward-3f", "pharmacy"), ward_disk.view(), link::Ticks{0});
    link::SessionOptions marking = link_kit::options("pharmacy", "");
    marking.marks = link_kit::marks_under("the pharmacy's");
    link::Session pharmacy(marking, pharmacy_disk.view(), link::Ticks{0});
    for (int i = 0; i < 4; ++i) {
        hear(pharmacy, pharmacy_disk, printed(ward));
        hear(ward, ward_disk, printed(pharmacy));
    }
    ward.time_passed(link::Ticks{10'000});
    hear(pharmacy, pharmacy_disk, printed(ward));
    hear(ward, ward_disk, printed(pharmacy));
    ward.time_passed(link::Ticks{60'000});
    printed(ward);
    link::Session again(link_kit::options("ward-3f", "pharmacy"), ward_disk.view(), link::Ticks{0});
    printed(again); // bears the mark of what it received
    MemoryJournals empty("pharmacy");
    link::Session believes_nothing(marking, empty.view(), link::Ticks{0});
    hear(believes_nothing, empty, {link_kit::hello("ward-3f", "pharmacy", 2)});
    printed(believes_nothing);
}

// What a ward answers to these lines of its pharmacy.
void answer(const std::vector<std::string>& lines, bool refusing = false) {
    MemoryJournals disk("ward-3f");
    disk.record(3);
    if (refusing) {
        disk.refuse_commits("the disk is full, \"药房\"");
    }
    link::Session ward(link_kit::options("ward-3f", "pharmacy"), disk.view(), link::Ticks{0});
    hear(ward, disk, lines);
    printed(ward);
}

void fail_in_every_way() {
    MemoryJournals pharmacy("pharmacy");
    pharmacy.record(3);
    MemoryJournals twin("pharmacy");
    twin.record(3, 5);
    MemoryJournals stranger("ward-9");
    stranger.record(1);
    const std::string greeting = link_kit::hello("pharmacy", "ward-3f", 0);
    const auto line = [](MemoryJournals& of, const std::string& node, std::size_t seq) {
        return journal::to_line(of.entries(node)[seq - 1]);
    };
    journal::Entry forged = pharmacy.entries("pharmacy")[0];
    forged.actor = "somebody else";

    answer({link_kit::hello("pharmacy", "ward-3f", 9)}); // asks for what it lacks
    link::Session behind(link_kit::options("ward-3f", "pharmacy"), stranger.view(), link::Ticks{0});
    hear(behind, stranger, {link_kit::hello("pharmacy", "ward-3f", 9)});
    for (int seconds = 20; seconds <= 60; seconds += 20) { // in vain
        hear(behind, stranger, {R"({"type":"pong"})"}, link::Ticks{seconds * 1'000});
        behind.time_passed(link::Ticks{seconds * 1'000});
    }
    printed(behind);
    answer({greeting, R"({"type":"ack","seq":9})"});
    answer({greeting, journal::to_line(forged)});
    answer({greeting, "{}"});
    answer({greeting, line(pharmacy, "pharmacy", 1), line(twin, "pharmacy", 2)});
    answer({greeting, line(pharmacy, "pharmacy", 3)});
    answer({R"({"type":"ping"})"});
    answer({"GET / HTTP/1.1"});
    answer({R"({"type":"hello","protocol":9,"node":"pharmacy","have":{}})"});
    answer({greeting, line(stranger, "ward-9", 1)});
    answer({greeting, line(pharmacy, "pharmacy", 1)}, true);

    MemoryJournals disk("pharmacy");
    for (const char* code :
         {"busy",
          "code_refused",
          "expired",
          "going_away",
          "replaced",
          "revoked",
          "tls_required",
          "unknown_node"}) {
        link::Session session(link_kit::options("pharmacy", ""), disk.view(), link::Ticks{0});
        session.refuse(code, std::string(400, 'x'));
        printed(session);
    }
    link::Session late(link_kit::options("pharmacy", ""), disk.view(), link::Ticks{0});
    late.time_passed(link::Ticks{10'000});
    printed(late);
    link::Session endless(link_kit::options("pharmacy", ""), disk.view(), link::Ticks{0});
    endless.line_too_long();
    printed(endless);
}

void ask_for_certificates() {
    link::Join join;
    join.node = "ward-3f";
    join.secret = "7K3M9QRSTVWXYZ01";
    join.request = "-----BEGIN CERTIFICATE REQUEST-----\n";
    link::Renew renew;
    renew.request = join.request;
    std::cout << link::to_line(join) << '\n'
              << link::to_line(renew) << '\n'
              << link::to_line(link::Joined{"pharmacy", "certificate", "authority"}) << '\n';
}

} // namespace

int main() {
    converse();
    ask_for_certificates();
    fail_in_every_way();
    return 0;
}
