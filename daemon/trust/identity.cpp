#include "daemon/trust/identity.hpp"

#include "daemon/trust/pem_parts.hpp"
#include "daemon/trust/whole_file.hpp"

namespace cartwatch::trust {

namespace {

std::filesystem::path identity_file(const std::filesystem::path& folder) {
    return folder / "ward.pem";
}

std::filesystem::path joining_file(const std::filesystem::path& folder) {
    return folder / "joining.pem";
}

} // namespace

Result<std::optional<crypto::Credentials>> load_identity(const std::filesystem::path& folder) {
    const auto text = read_file(identity_file(folder));
    if (!text) {
        return Unexpected(text.error());
    }
    if (!*text) {
        return std::nullopt;
    }
    const std::vector<std::string> parts = pem_parts(**text);
    if (parts.size() != 3) {
        return refused(
            ErrorCode::unavailable,
            identity_file(folder).string()
                + ": does not hold a key and two certificates; delete it and join again");
    }
    return crypto::Credentials{parts[0], parts[1], parts[2]};
}

Result<void>
save_identity(const std::filesystem::path& folder, const crypto::Credentials& credentials) {
    if (const auto made = make_folder(folder); !made) {
        return made;
    }
    const auto lock = FolderLock::take(folder);
    if (!lock) {
        return Unexpected(lock.error());
    }
    const auto written = write_file(
        identity_file(folder), credentials.key + credentials.certificate + credentials.authority);
    if (written) {
        std::error_code ignored; // a key that stays is used again, and harms nobody
        std::filesystem::remove(joining_file(folder), ignored);
    }
    return written;
}

Result<std::string> joining_key(const std::filesystem::path& folder) {
    if (const auto made = make_folder(folder); !made) {
        return Unexpected(made.error());
    }
    const auto lock = FolderLock::take(folder);
    if (!lock) {
        return Unexpected(lock.error());
    }
    const auto known = read_file(joining_file(folder));
    if (!known) {
        return Unexpected(known.error());
    }
    if (*known && crypto::is_key(**known)) {
        return **known;
    }
    const std::string key = crypto::make_key();
    if (const auto written = write_file(joining_file(folder), key); !written) {
        return Unexpected(written.error());
    }
    return key;
}

} // namespace cartwatch::trust
