// The profiles of scanners, by their identity, in one file of the daemon's own: what a machine
// knows of its machines, and no part of the journal. A profile that is lost is made again by a
// check.
#pragma once

#include "scanner/devices/scanner_profile.hpp"
#include "scanner/values/day.hpp"
#include "scanner/values/result.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace cartwatch::scanners {

// 64 scanners: twice those of one machine (wire::devices_max), for each may have been replaced
// once. The profile that was kept longest ago goes first.
inline constexpr std::size_t profiles_max = 64;

// 1 MiB: 64 profiles of at most 2 KiB each (three frames of 40 bytes, an identity of 200, all
// escaped) are 128 KiB; the rest is for one that somebody wrote by hand. Beyond it, it is no file
// of ours.
inline constexpr std::size_t profiles_bytes_max = std::size_t{1} << 20;

struct StoredProfile {
    std::string identity;
    devices::ScannerProfile profile;
    Instant checked_at{};

    friend bool operator==(const StoredProfile&, const StoredProfile&) = default;
};

[[nodiscard]] std::string to_json_text(const std::vector<StoredProfile>& profiles);

// Refused (bad_input) where the text is not what to_json_text writes; unknown members are ignored.
[[nodiscard]] Result<std::vector<StoredProfile>> parse_profiles(std::string_view text);

class ProfileStore {
public:
    explicit ProfileStore(std::filesystem::path file) : file_(std::move(file)) {}

    // Reads the file; one that is not there is an empty one. Refused: it cannot be read, or is
    // something else; then nothing is known, and the next keep() replaces it.
    [[nodiscard]] Result<void> load();

    // Null where the identity is not known. Lives until the next keep().
    [[nodiscard]] const StoredProfile* find(std::string_view identity) const;

    // On disk when it returns; the profile that was kept longest ago makes room. Refused
    // (unavailable) where the file cannot be written; then everything is as before.
    [[nodiscard]] Result<void> keep(const StoredProfile& profile);

private:
    std::filesystem::path file_;
    std::vector<StoredProfile> profiles_; // the newest last
};

} // namespace cartwatch::scanners
