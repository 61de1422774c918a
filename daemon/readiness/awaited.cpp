#include "daemon/readiness/awaited.hpp"

#include "daemon/readiness/lookup.hpp"

#include <algorithm>

namespace cartwatch::readiness {

namespace {

// How much a station waits for a code; the highest of a picture counts.
enum class Wait { none, label, listed, wanted };

// What the station's next step is about.
struct Scene {
    const State& state;
    const Session& session;
    const Cart* cart = nullptr; // under check
    std::string wanted;         // product whose place was scanned, or whose date is asked for
};

Scene scene_of(const State& state, const Session& session) {
    Scene scene{state, session, nullptr, ""};
    const NodeState& node = node_of(state, state.self);
    const auto check = node.open_checks.find(session.check);
    if (check == node.open_checks.end()) {
        return scene;
    }
    scene.cart = &node.carts.at(check->second.cart); // carts are never removed
    const Line* line = find_line(*scene.cart, session.line);
    if (line != nullptr && (session.slot || !session.pending_raw.empty())) {
        scene.wanted = line->product;
    }
    return scene;
}

// One code as the scene sees it. `subject` tells one thing from another.
struct Seen {
    Wait wait = Wait::none;
    std::string subject;
    std::optional<Name> name;
};

struct Look {
    const Scene& scene;

    [[nodiscard]] bool in_check() const {
        return scene.cart != nullptr;
    }

    Seen operator()(const MeansCart& meant) const {
        const bool waited = !in_check() && scene.session.cart.empty();
        return {waited ? Wait::listed : Wait::none, "cart " + meant.cart->id, meant.cart->name};
    }

    Seen operator()(const MeansStaff& meant) const {
        const bool waited = !in_check() && scene.session.staff.empty() && !meant.person->retired;
        const Name name{meant.person->name, meant.person->name};
        return {waited ? Wait::listed : Wait::none, "person " + meant.person->id, name};
    }

    Seen operator()(const MeansLine& meant) const {
        const bool waited = in_check() && meant.cart->id == scene.cart->id;
        const Product* product = find_product(scene.state, scene.state.self, meant.line->product);
        Seen seen{waited ? Wait::label : Wait::none, "line " + meant.line->id, std::nullopt};
        if (product != nullptr) {
            seen.name = product->name;
        }
        return seen;
    }

    Seen operator()(const MeansDevice& meant) const {
        const bool waited = in_check() && meant.cart->id == scene.cart->id;
        return {
            waited ? Wait::listed : Wait::none, "device " + meant.device->id, meant.device->name};
    }

    Seen operator()(const MeansProducts& meant) const {
        if (meant.products.size() != 1) {
            return {};
        }
        const Product& product = *meant.products.front();
        Seen seen{Wait::none, "product " + product.id, product.name};
        const auto listed = [&](const Line& line) { return line.product == product.id; };
        if (in_check() && product.id == scene.wanted) {
            seen.wait = Wait::wanted;
        } else if (
            in_check() && std::any_of(scene.cart->lines.begin(), scene.cart->lines.end(), listed)) {
            seen.wait = Wait::listed;
        }
        return seen;
    }

    // Seals, numbers and commands stand on sheets with many of their kind: a person says which.
    Seen operator()(const MeansSeal&) const {
        return {};
    }

    Seen operator()(const MeansQuantity&) const {
        return {};
    }

    Seen operator()(const MeansControl&) const {
        return {};
    }

    Seen operator()(const MeansUnknownTag&) const {
        return {};
    }

    Seen operator()(const MeansNothing&) const {
        return {};
    }
};

// What a code says of one pack.
struct PackFacts {
    std::string lot;
    std::string expiry;
    std::string serial;

    [[nodiscard]] int count() const {
        return (lot.empty() ? 0 : 1) + (expiry.empty() ? 0 : 1) + (serial.empty() ? 0 : 1);
    }
};

PackFacts facts_of(const codes::Reading& reading) {
    if (!reading) {
        return {};
    }
    return {
        reading->lot,
        reading->expiry ? cartwatch::to_text(*reading->expiry) : "",
        serial_of(*reading)};
}

bool differ(const std::string& one, const std::string& other) {
    return !one.empty() && !other.empty() && one != other;
}

bool are_two_packs(const PackFacts& one, const PackFacts& other) {
    return differ(one.lot, other.lot) || differ(one.expiry, other.expiry)
           || differ(one.serial, other.serial);
}

// Of codes for the same thing the one that says most, or nothing where they are of two packs.
std::optional<std::size_t>
fullest(const std::vector<codes::Reading>& readings, const std::vector<std::size_t>& candidates) {
    std::size_t best = candidates.front();
    for (const std::size_t one : candidates) {
        for (const std::size_t other : candidates) {
            if (are_two_packs(facts_of(readings[one]), facts_of(readings[other]))) {
                return std::nullopt;
            }
        }
        if (facts_of(readings[one]).count() > facts_of(readings[best]).count()) {
            best = one;
        }
    }
    return best;
}

// The next badge read at the place opens, signs or confirms something there.
bool waits_for_badge(const Session& session) {
    return !session.cart.empty() || !session.review_shown.empty() || !session.witness_for.empty()
           || session.day_to_confirm.has_value();
}

std::optional<std::size_t>
meant_among(const std::vector<codes::Reading>& readings, const std::vector<Seen>& seen) {
    Wait most = Wait::none;
    for (const Seen& one : seen) {
        most = std::max(most, one.wait);
    }
    if (most == Wait::none) {
        return std::nullopt;
    }
    std::vector<std::size_t> candidates;
    for (std::size_t i = 0; i < seen.size(); ++i) {
        if (seen[i].wait == most) {
            candidates.push_back(i);
        }
    }
    const std::string& subject = seen[candidates.front()].subject;
    const bool one_subject = std::all_of(candidates.begin(), candidates.end(), [&](std::size_t i) {
        return seen[i].subject == subject;
    });
    return one_subject ? fullest(readings, candidates) : std::nullopt;
}

} // namespace

bool is_at_work(const Session& session, std::chrono::milliseconds uptime) {
    const bool in_check = !session.check.empty() && !has_rested(session, uptime);
    return in_check || waits_for_badge(after_rest(session, uptime));
}

Choice choose_awaited(
    const State& state, const Session& session, const std::vector<codes::Reading>& readings) {
    const Scene scene = scene_of(state, session);
    std::vector<Seen> seen;
    Choice choice;
    for (const codes::Reading& reading : readings) {
        seen.push_back(std::visit(Look{scene}, meaning_of(state, reading, scene.cart)));
        choice.codes.push_back({seen.back().wait != Wait::none, seen.back().name});
    }
    choice.chosen =
        readings.size() == 1 ? std::optional<std::size_t>(0) : meant_among(readings, seen);
    return choice;
}

} // namespace cartwatch::readiness
