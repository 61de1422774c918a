// Two sessions and a wire worse than any: lines are lost, said twice, overtake each other, come
// from an earlier conversation, arrive in pieces, or are none at all. Whoever drives it chooses
// each step by a number, by chance or as a fuzzer wants it.
#pragma once

#include "daemon/link/lines.hpp"
#include "daemon/link/session.hpp"
#include "tests/daemon/link/link_kit.hpp"

#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace cartwatch::link_kit {

// What really happened: a run without faults proves nothing.
struct WireFigures {
    std::int64_t steps = 0;
    std::int64_t lines = 0; // that a session heard
    std::int64_t lost = 0;
    std::int64_t repeated = 0;
    std::int64_t overtaken = 0;
    std::int64_t from_before = 0; // from an earlier conversation
    std::int64_t garbage = 0;
    std::int64_t crashes = 0;
    std::int64_t conversations = 0;
    std::int64_t entries = 0; // that were stored at the other end
    std::map<std::string, std::int64_t> closings;
};

class LossyWire {
public:
    // A number below the one that it is given.
    using Choose = std::function<std::size_t(std::size_t)>;

    LossyWire(Choose choose, WireFigures& figures) : choose_(std::move(choose)), figures_(figures) {
        limits_.window_entries = 1 + choose_(6);
        limits_.window_bytes = 300 + choose_(3'000);
        limits_.unstored_bytes = 300 + choose_(3'000);
        for (End* end : ends()) {
            end->disk.hold_commits();
        }
    }

    LossyWire(const LossyWire&) = delete;
    LossyWire& operator=(const LossyWire&) = delete;
    LossyWire(LossyWire&&) = delete;
    LossyWire& operator=(LossyWire&&) = delete;
    ~LossyWire() = default;

    // Throws std::logic_error where a rule is broken; the sessions throw where one of theirs is.
    void step() {
        ++figures_.steps;
        End& end = choose_(2) == 0 ? ward_ : pharmacy_;
        const std::size_t what = choose_(16);
        if (!end.session && what < 14) {
            connect();
        } else if (what < 2) {
            record(end);
        } else if (what < 5) {
            say(end);
        } else if (what < 9) {
            hear(end);
        } else if (what < 11) {
            take(end);
        } else if (what < 13) {
            commit(end);
        } else if (what == 13) {
            pass_time(end);
        } else if (what == 14) {
            disturb(end);
        } else if (choose_(8) == 0) {
            crash(end);
        }
        check(end);
    }

    // The wire is a good one from now on: within so many rounds everything is at both ends. False
    // where it is not.
    bool agrees_within(int rounds) {
        is_good_ = true;
        connect();
        for (; rounds > 0 && !agreed(); --rounds) {
            for (End* end : ends()) {
                if (!end->session) {
                    connect();
                }
                say(*end);
                while (!other(*end).coming.empty() && other(*end).session) {
                    hear_line(other(*end), take_line(other(*end), 0));
                }
                take(*end);
                commit(*end);
                check(*end);
            }
        }
        return agreed();
    }

private:
    struct End {
        End(std::string named, std::string calls)
            : name(std::move(named)), called(std::move(calls)) {}

        std::string name;
        std::string called; // empty for the pharmacy
        MemoryJournals disk{name};
        std::optional<link::Session> session;
        link::Lines lines{link::line_bytes_max};
        std::deque<std::string> coming; // lines under way to here, each with its line feed
        std::deque<std::string> before; // some that were said in earlier conversations
        std::int64_t acknowledged = 0;  // as this conversation knew it last
    };

    [[nodiscard]] std::array<End*, 2> ends() {
        return {&ward_, &pharmacy_};
    }

    [[nodiscard]] End& other(const End& end) {
        return &end == &ward_ ? pharmacy_ : ward_;
    }

    static void must(bool holds, const char* rule) {
        if (!holds) {
            throw std::logic_error(rule);
        }
    }

    void record(End& end) {
        end.disk.record(1 + static_cast<int>(choose_(2)), choose_(4) == 0 ? choose_(400) : 0);
        end.session->own_journal_grew();
    }

    void say(End& end) {
        if (!end.session->has_output()) {
            return;
        }
        const std::string output = end.session->take_output(1 + choose_(1'500));
        for (std::size_t at = 0; at < output.size();) {
            const std::size_t next = output.find('\n', at) + 1;
            must(next > at, "what is said is whole lines");
            other(end).coming.push_back(output.substr(at, next - at));
            at = next;
        }
        forget_if_closed(end);
    }

    // The line at this place of those under way.
    static std::string take_line(End& end, std::size_t place) {
        std::string line = std::move(end.coming[place]);
        end.coming.erase(end.coming.begin() + static_cast<std::ptrdiff_t>(place));
        return line;
    }

    void hear(End& end) {
        if (!end.coming.empty()) {
            hear_line(end, take_line(end, 0));
        }
    }

    void hear_line(End& end, const std::string& line) {
        ++figures_.lines;
        if (choose_(8) == 0) {
            end.before.push_back(line);
            end.before.resize(std::min<std::size_t>(end.before.size(), 32));
        }
        const std::size_t split = choose_(line.size() + 1);
        for (const std::string& piece : {line.substr(0, split), line.substr(split)}) {
            end.lines.feed(piece);
            hear_whole_lines(end);
        }
        forget_if_closed(end);
    }

    void hear_whole_lines(End& end) {
        while (end.session->wants_input()) {
            const auto line = end.lines.next();
            if (!line) {
                return;
            }
            end.session->line_received(*line, now_);
            if (end.session->phase() == link::Session::Phase::introduced) {
                end.session->admit(now_);
            }
        }
    }

    void disturb(End& end) {
        const std::size_t waiting = end.coming.size();
        switch (choose_(5)) {
        case 0:
            if (waiting > 0) {
                ++figures_.lost;
                static_cast<void>(take_line(end, choose_(waiting)));
            }
            break;
        case 1:
            if (waiting > 0) {
                ++figures_.repeated;
                end.coming.push_back(end.coming[choose_(waiting)]);
            }
            break;
        case 2:
            if (waiting > 1) {
                ++figures_.overtaken;
                end.coming.push_front(take_line(end, 1 + choose_(waiting - 1)));
            }
            break;
        case 3:
            if (!end.before.empty()) {
                ++figures_.from_before;
                end.coming.push_back(end.before[choose_(end.before.size())]);
            }
            break;
        default:
            ++figures_.garbage;
            end.coming.push_back(garbage());
            break;
        }
    }

    std::string garbage() {
        static constexpr std::array<std::string_view, 8> known{
            "{}",
            "{\"type\":\"pong\"}",
            "{\"type\":\"later\",\"more\":[1,2]}",
            "{\"type\":\"ping\"}",
            "",
            "not a line of ours",
            "{\"type\":\"ack\",\"seq\":-1}",
            "{\"type\":\"error\",\"code\":\"busy\",\"text\":\"\"}"};
        return std::string(known[choose_(known.size())]) + '\n';
    }

    void take(End& end) {
        if (end.session->has_entries()) {
            end.disk.view().store_received(
                end.session->take_entries(), [&end, this](const Result<void>& outcome) {
                    must(outcome.has_value(), "the disk takes what follows");
                    end.session->stored();
                    hear_whole_lines(end);
                });
        }
    }

    void commit(End& end) {
        const std::int64_t before = end.disk.head(other(end).name).seq;
        end.disk.commit(); // throws where an entry does not follow
        figures_.entries += end.disk.head(other(end).name).seq - before;
        forget_if_closed(end);
    }

    void pass_time(End& end) {
        now_ += link::Ticks{choose_(4'000)};
        end.session->time_passed(now_);
        forget_if_closed(end);
    }

    void crash(End& end) {
        ++figures_.crashes;
        end.disk.crash();
        end.session.reset();
    }

    // An end that is closed stores what it has, says its last line, and is gone.
    void forget_if_closed(End& end) {
        if (!end.session || end.session->phase() != link::Session::Phase::closed) {
            return;
        }
        ++figures_.closings[end.session->closing()->code];
        while (end.session->is_storing()) {
            take(end);
            end.disk.commit();
        }
        if (end.session->has_output()) {
            other(end).coming.push_back(end.session->take_output(1));
        }
        end.session.reset();
    }

    // The ward calls. What is under way from before may come now as well.
    void connect() {
        ++figures_.conversations;
        for (End* end : ends()) {
            if (end->session) {
                end->session->refuse("replaced", "it calls again");
                forget_if_closed(*end);
            }
        }
        for (End* end : ends()) {
            if (is_good_ || choose_(8) != 0) {
                end->coming.clear();
            }
            end->lines = link::Lines(link::line_bytes_max);
            end->acknowledged = 0;
            link::SessionOptions made = options(end->name, end->called, limits_);
            if (end == &pharmacy_) {
                made.marks = marks_;
            }
            end->session.emplace(std::move(made), end->disk.view(), now_);
        }
    }

    // At every moment: who is told that something is held can rely on it, and it only rises.
    void check(End& end) {
        End& peer = other(end);
        const journal::Head held = peer.disk.head(end.name);
        const auto& written = end.disk.entries(end.name);
        must(held.seq <= end.disk.head(end.name).seq, "nothing is held that was never written");
        must(
            held.seq == 0 || written[static_cast<std::size_t>(held.seq - 1)].hash == held.hash,
            "what is held is what was written");
        if (end.session && end.session->phase() == link::Session::Phase::running) {
            const std::int64_t acknowledged = end.session->acknowledged();
            must(acknowledged <= held.seq, "what is acknowledged is on disk");
            must(acknowledged <= end.session->sent(), "what is acknowledged was sent");
            must(acknowledged >= end.acknowledged, "acknowledgements only rise");
            end.acknowledged = acknowledged;
        }
    }

    bool agreed() {
        bool all = true;
        for (End* end : ends()) {
            all = all && end->session && end->session->phase() == link::Session::Phase::running
                  && other(*end).disk.entries(end->name) == as_held(*end)
                  && end->session->acknowledged() == end->disk.head(end->name).seq;
        }
        return all;
    }

    // What is written here as the other end should hold it.
    MemoryJournals::Entries as_held(End& end) {
        MemoryJournals::Entries entries = end.disk.entries(end.name);
        for (journal::Entry& entry : entries) {
            entry.mark = &end == &pharmacy_ ? marks_.of(entry.node, {entry.seq, entry.hash}) : "";
        }
        return entries;
    }

    Choose choose_;
    WireFigures& figures_;
    link::Marks marks_ = marks_under("the pharmacy's");
    link::SessionLimits limits_;
    link::Ticks now_{0};
    bool is_good_ = false;
    End ward_{"ward-1", "pharmacy"};
    End pharmacy_{"pharmacy", ""};
};

} // namespace cartwatch::link_kit
