// The record of everything that happened: entries of one node, numbered from 1 without a gap, each
// bound to the one before it by a SHA-256 hash. Pure: the digest comes in as a function.
#pragma once

#include "daemon/readiness/event.hpp"
#include "scanner/values/result.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace cartwatch::journal {

// SHA-256 of the bytes as 64 lower-case hexadecimal digits.
using Digest = std::function<std::string(std::string_view)>;

// The `prev` of a node's first entry.
inline constexpr std::string_view no_hash =
    "0000000000000000000000000000000000000000000000000000000000000000";

inline constexpr std::size_t mark_digits = 32;

// The largest entry as a line of the link, bytes: what a peer must accept.
inline constexpr std::size_t entry_bytes_max = 1'048'576;

struct Entry {
    std::string node;     // 1 to 64 of a-z A-Z 0-9 - _ .
    std::int64_t seq = 0; // from 1
    Instant at;
    std::string kind;  // e.g. "alert.raised"
    std::string actor; // staff id, or "system"
    std::string body;  // a JSON object in canonical form: sorted keys, no blanks, UTF-8 as it is
    std::string prev;  // hash of the entry before
    std::string hash;  // digest of canonical_text

    // By which its author knows it again (daemon/link/marks.hpp): mark_digits lower-case
    // hexadecimal digits, or empty. Goes along with the entry, and is no part of it: no hash covers
    // it, and its author keeps none.
    std::string mark = {};

    friend bool operator==(const Entry&, const Entry&) = default;
};

// Where a node's journal ends.
struct Head {
    std::int64_t seq = 0;
    std::string hash = std::string(no_hash);

    friend bool operator==(const Head&, const Head&) = default;
};

// The bytes that the hash is taken of: prev, node, seq, at, kind, actor, body, each followed by a
// line feed. No member but body can hold one, and body is JSON, which escapes it.
[[nodiscard]] std::string canonical_text(const Entry& entry);

// The next entry after `head` that records this event; refused where the event cannot be recorded
// (body.hpp): too large, as a rule. Precondition: recorded.seq == head.seq + 1.
[[nodiscard]] Result<Entry>
next_entry(const Head& head, const readiness::Recorded& recorded, const Digest& digest);

// The same of an event that is known to be recordable.
[[nodiscard]] Entry
make_entry(const Head& head, const readiness::Recorded& recorded, const Digest& digest);

// What follows `head`: refused with code conflict and a text that begins "gap:" (another number) or
// "fork:" (the hash before is another), bad_input where its own hash does not hold.
[[nodiscard]] Result<void> follows(const Head& head, const Entry& entry, const Digest& digest);

// The entry as the rules know it. An unknown kind becomes UnknownEvent; a known kind whose body
// does not fit is refused with the JSON pointer of the fault.
[[nodiscard]] Result<readiness::Recorded> to_recorded(const Entry& entry);

// One line of JSON without its line feed, as the link and exports carry it ("type":"entry" first).
[[nodiscard]] std::string to_line(const Entry& entry);

// Reads what to_line writes; unknown members are ignored; the body is put into canonical form.
[[nodiscard]] Result<Entry> parse_line(std::string_view line);

// "alert.raised" …
[[nodiscard]] std::string kind_of(const readiness::Event& event);

} // namespace cartwatch::journal
