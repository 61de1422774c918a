// What a ward has once it has joined: its key, its certificate and the pharmacy's authority, in one
// file, so that they can never be of different times. Read anew for each call.
#pragma once

#include "daemon/crypto/certificates.hpp"
#include "scanner/values/result.hpp"

#include <filesystem>
#include <optional>

namespace cartwatch::trust {

// Of the ward's trust_folder (authority.hpp). nullopt where the ward never joined; refused
// (unavailable) where the file cannot be read or holds something else.
[[nodiscard]] Result<std::optional<crypto::Credentials>>
load_identity(const std::filesystem::path& folder);

// Takes the place of an older one. Refused (unavailable) with the cause; then nothing has changed.
[[nodiscard]] Result<void>
save_identity(const std::filesystem::path& folder, const crypto::Credentials& credentials);

// The key with which this ward joins, made at the first need: it stays the same until an identity
// is saved, for the answer to a code that was used may be lost, and the pharmacy gives it once more
// to the same key. Refused (unavailable) where it can be neither read nor kept.
[[nodiscard]] Result<std::string> joining_key(const std::filesystem::path& folder);

} // namespace cartwatch::trust
