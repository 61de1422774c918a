#include "daemon/journal/entry.hpp"

namespace cartwatch::journal {

std::string canonical_text(const Entry& entry) {
    const std::string seq = std::to_string(entry.seq);
    const std::string at = to_text(entry.at);
    std::string text;
    text.reserve(entry.prev.size() + entry.body.size() + 200);
    for (const std::string* member :
         {&entry.prev, &entry.node, &seq, &at, &entry.kind, &entry.actor, &entry.body}) {
        text += *member;
        text += '\n';
    }
    return text;
}

Result<void> follows(const Head& head, const Entry& entry, const Digest& digest) {
    if (entry.seq != head.seq + 1) {
        return refused(
            ErrorCode::conflict,
            "gap: entry " + std::to_string(entry.seq) + " of " + entry.node + " where "
                + std::to_string(head.seq + 1) + " was expected");
    }
    if (entry.prev != head.hash) {
        return refused(
            ErrorCode::conflict,
            "fork: entry " + std::to_string(entry.seq) + " of " + entry.node
                + " does not continue the journal held here");
    }
    if (digest(canonical_text(entry)) != entry.hash) {
        return refused(
            ErrorCode::bad_input,
            "hash: entry " + std::to_string(entry.seq) + " of " + entry.node
                + " does not bear the hash of its own content");
    }
    return {};
}

} // namespace cartwatch::journal
