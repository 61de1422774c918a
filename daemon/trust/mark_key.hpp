// The secret by which the pharmacy marks its own entries, so that it knows them again when wards
// give them back (daemon/link/marks.hpp). One small file in the trust folder, made once: whoever
// has it can make the pharmacy's past.
#pragma once

#include "daemon/crypto/hmac.hpp"
#include "scanner/values/result.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace cartwatch::trust {

class MarkKey {
public:
    // Reads "marks.json" of the folder, which is there; makes it where there is none. Refused
    // (unavailable) where it cannot be read, written or understood.
    [[nodiscard]] static Result<MarkKey> load(const std::filesystem::path& folder);

    // 32 lower-case hexadecimal digits: half of the HMAC-SHA256 of the three. Nobody guesses 128
    // bits one call at a time, and each ward keeps them with each entry.
    [[nodiscard]] std::string
    mark(const std::string& node, std::int64_t seq, const std::string& hash) const;

    // False for the entries that may be at wards without a mark of this key: those up to the one
    // that it was settled at, and all until then.
    [[nodiscard]] bool demands(std::int64_t seq) const {
        return after_ && seq > *after_;
    }

    // A new key is not: it may have been made on a disk that had lost everything, the key before
    // included, and then only the wards know how far the journal went.
    [[nodiscard]] bool is_settled() const {
        return after_.has_value();
    }

    // From now on every entry after that one needs its mark. Holds at once; refused (unavailable)
    // where it could not be written, and then it does not outlive a restart. No effect on one that
    // is settled.
    [[nodiscard]] Result<void> settle(std::int64_t seq);

private:
    MarkKey(std::filesystem::path file, std::string key, std::optional<std::int64_t> after);

    [[nodiscard]] Result<void> write() const;

    std::filesystem::path file_;
    std::string key_; // 64 hexadecimal digits
    std::optional<std::int64_t> after_;
    crypto::Hmac hmac_;
};

} // namespace cartwatch::trust
