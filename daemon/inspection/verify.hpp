// Whether an inspection pack is as it was made: on any machine, without the store that it came
// from.
#pragma once

#include "daemon/pack/manifest.hpp"

#include <filesystem>

namespace cartwatch::inspection {

struct VerifiedPack {
    pack::Manifest manifest;
    std::string seal;         // to be held against the number that was written down
    std::int64_t entries = 0; // whose hash was computed
    std::int64_t withheld = 0;
};

// Whether there is a pack to verify: a folder, or a zip of one.
[[nodiscard]] bool is_pack(const std::filesystem::path& path);

// Refused with what differs and where: a changed byte, a file that is gone or was added, a journal
// that is no unbroken chain. Throws std::runtime_error where a file cannot be read.
// A zip is unpacked into a folder for temporary files first. What of a zip is no byte of a file in
// it (a time, a comment) says nothing and may differ.
[[nodiscard]] Result<VerifiedPack> verify_pack(const std::filesystem::path& pack);

} // namespace cartwatch::inspection
