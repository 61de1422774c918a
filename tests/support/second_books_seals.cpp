#include "tests/support/second_books.hpp"

namespace cartwatch::support {

using namespace readiness;

// Whoever goes through the lines opens the cart; who does not has left its seal alone.
void SecondBooks::read(const CheckTurned& event) {
    Look& look = looks_.at(event.check);
    std::optional<Seal>& seal = shelves_.at(look.cart).seal;
    look.kind = event.kind;
    const bool used = event.kind == CheckKind::after_use;
    const bool opens = event.kind == CheckKind::full || event.kind == CheckKind::restock || used;
    shelves_.at(look.cart).used = shelves_.at(look.cart).used || used;
    if (opens && seal && (seal->intact || (used && look.broke_seal))) {
        seal->intact = false;
        seal->how = used ? SealBreak::emergency : SealBreak::for_check;
        look.broke_seal = true;
    }
    if (!opens && look.broke_seal) {
        seal->intact = true;
        look.broke_seal = false;
    }
}

void SecondBooks::read(const SealBroken& event) {
    Seal& seal = *shelves_.at(event.cart).seal;
    seal.intact = false;
    seal.how = event.how;
    for (auto& [id, look] : looks_) {
        if (look.cart == event.cart) {
            look.broke_seal = false;
        }
    }
}

// The cart bore another seal when it was opened, nobody has said why, and it was not put on anew.
bool SecondBooks::bore_another(const Look& look, const std::string& on_record) {
    std::string found;
    std::string put_on;
    for (const Taken& taken : look.steps) {
        if (const auto* other = std::get_if<SealFound>(&taken.action); other && !taken.undone) {
            found = other->number;
        }
        if (const auto* fresh = std::get_if<SealRead>(&taken.action); fresh && !taken.undone) {
            put_on = fresh->number;
        }
    }
    return look.broke_seal && !found.empty() && found != on_record && found != put_on;
}

// Lines stay as they are. A handover has tested the devices; a seal that it did not read may be
// broken.
void SecondBooks::close_by_seal(Shelf& shelf, const Look& look, Day day) {
    std::string number;
    for (const Taken& taken : look.steps) {
        const auto* read = std::get_if<SealRead>(&taken.action);
        if (read != nullptr && !taken.undone) {
            number = read->number;
        }
    }
    if (look.kind == CheckKind::handover) {
        take_tests(shelf, look.steps, day);
    }
    if (shelf.seal && shelf.seal->intact && shelf.seal->number != number) {
        shelf.seal->intact = false;
        shelf.seal->how = SealBreak::unexplained;
    }
    (look.kind == CheckKind::sealed ? shelf.sealed : shelf.handed_over) = day;
}

} // namespace cartwatch::support
