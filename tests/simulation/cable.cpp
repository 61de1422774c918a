#include "tests/simulation/cable.hpp"

namespace cartwatch::simulation {

namespace {

// A network of a hospital; one cable in three goes through a bad switch.
constexpr Ticks usual_delay = 5ms;
constexpr Ticks slow_delay = 400ms;
constexpr Ticks bad_delay = 2s;

Side other(Side side) {
    return side == Side::ward ? Side::pharmacy : Side::ward;
}

} // namespace

CableFigures& CableFigures::operator+=(const CableFigures& other) {
    connections += other.connections;
    bytes += other.bytes;
    cuts += other.cuts;
    half_open += other.half_open;
    bytes_lost += other.bytes_lost;
    late_after_cut += other.late_after_cut;
    return *this;
}

Cable::Cable(Agenda& agenda, Chance& chance, CableFigures& figures)
    : agenda_(agenda),
      chance_(chance),
      figures_(figures),
      delay_(chance.one_in(3) ? slow_delay : usual_delay) {
    ++figures_.connections;
}

void Cable::attach(Side side, End end) {
    to_[index(side)].end = std::move(end);
}

std::size_t Cable::under_way(Side from) const {
    return from_[index(from)].under_way;
}

void Cable::send(Side from, std::string bytes) {
    figures_.bytes += static_cast<std::int64_t>(bytes.size());
    if (cut_) {
        figures_.bytes_lost += static_cast<std::int64_t>(bytes.size());
        return;
    }
    Direction& direction = from_[index(from)];
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t size = 1 + chance_.below(chance_.one_in(4) ? 100 : 4'000);
        direction.pieces.push_back(bytes.substr(at, size));
        at += direction.pieces.back().size();
        direction.under_way += direction.pieces.back().size();
        const Ticks delay = chance_.up_to(chance_.one_in(20) ? bad_delay : delay_);
        direction.last_due = std::max(direction.last_due, agenda_.now() + delay);
        agenda_.at(direction.last_due, [self = shared_from_this(), to = other(from)] {
            self->deliver(to);
        });
    }
}

void Cable::deliver(Side to) {
    Receiver& receiver = to_[index(to)];
    if (cut_ && agenda_.now() < receiver.not_before) {
        agenda_.at(receiver.not_before, [self = shared_from_this(), to] { self->deliver(to); });
        return;
    }
    Direction& direction = from_[index(other(to))];
    const std::string piece = std::move(direction.pieces.front());
    direction.pieces.pop_front();
    direction.under_way -= piece.size();
    std::size_t size = piece.size();
    if (cut_) {
        size = std::min(size, receiver.bytes_left);
        receiver.bytes_left -= size;
        figures_.bytes_lost += static_cast<std::int64_t>(piece.size() - size);
        figures_.late_after_cut += size > 0 && receiver.not_before > Ticks{0} ? 1 : 0;
    }
    if (!receiver.gone && size > 0 && receiver.end.bytes) {
        receiver.end.bytes(std::string_view(piece).substr(0, size));
    }
}

void Cable::end(Side to, Ticks when) {
    agenda_.at(when, [self = shared_from_this(), to] {
        const Receiver& receiver = self->to_[index(to)];
        if (!receiver.gone && receiver.end.ended) {
            receiver.end.ended();
        }
    });
}

void Cable::leave(Side side, bool says_so) {
    to_[index(side)].gone = true;
    to_[index(side)].end = {};
    if (says_so && !cut_) {
        end(other(side), std::max(from_[index(side)].last_due, agenda_.now()) + usual_delay);
    }
}

void Cable::cut() {
    if (cut_) {
        return;
    }
    cut_ = true;
    ++figures_.cuts;
    const bool both = chance_.one_in(2);
    for (const Side side : {Side::ward, Side::pharmacy}) {
        Receiver& receiver = to_[index(side)];
        receiver.bytes_left = chance_.below(under_way(other(side)) + 1);
        if (chance_.one_in(2)) {
            receiver.not_before = agenda_.now() + chance_.up_to(20s);
        }
        if (both || chance_.one_in(2)) {
            end(side, std::max(agenda_.now(), receiver.not_before) + chance_.up_to(2s));
        } else {
            ++figures_.half_open;
        }
    }
}

} // namespace cartwatch::simulation
