// What an inspection pack says of itself: when and of what it was made, the digest of every file,
// and which part of each journal lies in it. Pure: the digest comes in as a function.
#pragma once

#include "daemon/journal/entry.hpp"
#include "scanner/values/day.hpp"
#include "scanner/values/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cartwatch::pack {

inline constexpr std::string_view manifest_name = "manifest.json";
inline constexpr std::string_view journal_name = "journal.jsonl";

// A manifest of 20 files and 1,000 journals takes 250 kB.
inline constexpr std::size_t manifest_bytes_max = 4U * 1024 * 1024;

struct PackFile {
    std::string name; // 1 to 64 of a-z 0-9 _ - . and beginning with a letter: no path
    std::int64_t bytes = 0;
    std::string sha256;

    friend bool operator==(const PackFile&, const PackFile&) = default;
};

// The entries of one node that lie in the pack. None where last == first - 1.
struct PackJournal {
    std::string node;
    std::int64_t first = 1;
    std::int64_t last = 0;
    std::string before;        // hash of the entry before the first
    std::string head;          // hash of the last: it binds every entry up to there
    std::int64_t withheld = 0; // entries whose body is left out, as it bears a badge's code

    friend bool operator==(const PackJournal&, const PackJournal&) = default;
};

struct Manifest {
    std::string node; // that made it
    Instant made_at;
    std::string time_zone;
    Day from; // both included
    Day to;
    std::vector<std::string> stations;      // empty: all
    std::vector<PackFile> files;            // by name, without the manifest
    std::vector<PackJournal> journals = {}; // by node

    friend bool operator==(const Manifest&, const Manifest&) = default;
};

struct SealedManifest {
    std::string text; // the file's bytes
    std::string seal; // digest of all that it says: the pack's own number, to be written down
};

[[nodiscard]] SealedManifest sealed(const Manifest& manifest, const journal::Digest& digest);

struct ReadManifest {
    Manifest manifest;
    std::string seal;
};

// Refused where one byte differs from what sealed() wrote.
[[nodiscard]] Result<ReadManifest>
read_manifest(std::string_view text, const journal::Digest& digest);

} // namespace cartwatch::pack
