// Prints lines of entries of every kind, for the schemas to be held against.
#include "daemon/crypto/sha256.hpp"
#include "daemon/journal/entry.hpp"
#include "tests/daemon/journal/generated.hpp"

#include <iostream>

int main() {
    using namespace cartwatch;
    journal::Head head;
    for (unsigned seed = 0; seed < 20; ++seed) {
        generated::Events events(seed, generated::Texts::wild);
        for (std::size_t kind = 0; kind < generated::Events::kind_count(); ++kind) {
            const readiness::Recorded recorded{
                "ward-3f", head.seq + 1, events.instant(), "N012", events.of_kind(kind)};
            const journal::Entry entry = journal::make_entry(head, recorded, crypto::sha256);
            std::cout << journal::to_line(entry) << '\n';
            head = {entry.seq, entry.hash};
        }
    }
    return 0;
}
