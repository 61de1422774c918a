// The lines of a pack's journal, and whether they are one unbroken chain a node: from the hash that
// the manifest says was there before to the one that it ends in. Pure.
#pragma once

#include "daemon/pack/manifest.hpp"

#include <map>
#include <string>
#include <string_view>

namespace cartwatch::pack {

// A line of an entry, without its line feed: as the link carries it, without its author's mark.
[[nodiscard]] std::string whole_line(journal::Entry entry);

// The same without its body: its hash still binds it, but cannot be computed from the line.
[[nodiscard]] std::string withheld_line(const journal::Entry& entry);

class ChainCheck {
public:
    ChainCheck(const std::vector<PackJournal>& journals, journal::Digest digest);

    // The next line. Refused where it continues no journal of the pack, or does not bear the hash
    // of what it says; the text names the entry.
    [[nodiscard]] Result<void> take(std::string_view line);

    // After the last line. Refused where a journal ends before, or elsewhere than, the manifest
    // says.
    [[nodiscard]] Result<void> end() const;

    // Of whole entries, whose hash was computed.
    [[nodiscard]] std::int64_t entries() const {
        return entries_;
    }

    [[nodiscard]] std::int64_t withheld() const {
        return withheld_;
    }

private:
    struct Journal {
        PackJournal told;
        journal::Head head;
        std::int64_t withheld = 0;
    };

    [[nodiscard]] Result<void> take_entry(const journal::Entry& entry, bool is_whole);

    journal::Digest digest_;
    std::map<std::string, Journal> journals_;
    std::int64_t entries_ = 0;
    std::int64_t withheld_ = 0;
};

} // namespace cartwatch::pack
