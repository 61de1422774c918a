// Who may call the pharmacy: its own certificate authority, the codes that it prints, the
// certificates that it issued. Files in one folder are the whole truth, asked anew each time, so
// that a command beside the daemon takes effect at once. Knows no socket.
#pragma once

#include "daemon/crypto/certificates.hpp"
#include "scanner/values/day.hpp"
#include "scanner/values/result.hpp"

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace cartwatch::trust {

// From being printed to its end: a person carries it to the ward within a working day.
inline constexpr std::chrono::hours code_life{24};

// Tries with a wrong secret until the code is void. With 80 bits ten are as good as none; what they
// bound is a stranger's patience.
inline constexpr int wrong_tries_max = 10;

// Wrong tries of everybody together in a minute; past them nobody is answered until it is over.
// Bounds what strangers make the disk write.
inline constexpr int wrong_tries_per_minute = 30;

// The ends' certificates. Half of it is left when a new one is due: more than a year, so that a
// clock set a year ahead, at either end, finds none expired and alerts get through; and a ward that
// was switched off for a year calls by itself afterwards.
inline constexpr std::chrono::hours certificate_life{24 * 800};

// The authority's own, 20 years: longer than the machines. After it every ward joins anew.
inline constexpr std::chrono::hours authority_life{24 * 7'305};

// Certificates begin so long before they are issued, for clocks that are slow.
inline constexpr std::chrono::hours clock_slack{1};

// True once half of its life, or less, is left.
[[nodiscard]] bool is_renewal_due(const crypto::Certificate& certificate, Instant now);

// "<state>/trust": where a node of either kind keeps its keys and certificates.
[[nodiscard]] std::filesystem::path trust_folder(const std::filesystem::path& state);

// What a ward gets: its certificate and the pharmacy's authority, as PEM texts.
struct Issued {
    std::string certificate;
    std::string authority;

    friend bool operator==(const Issued&, const Issued&) = default;
};

// Nodes' names are checked by the caller: 1 to 64 of a-z A-Z 0-9 - _ . (they become file names).
// Unless said otherwise a refusal is `unavailable`: files that cannot be read or written.
class Authority {
public:
    // `node`: the pharmacy's own name. Touches nothing.
    Authority(std::filesystem::path folder, std::string node);

    // Makes the folders; their files are made at the first need.
    [[nodiscard]] Result<void> make_folders() const;

    // Where the nodes' records are, for who wants to hear of changes.
    [[nodiscard]] std::filesystem::path records_folder() const;

    // Makes the authority and the pharmacy's own certificate where there are none yet.
    [[nodiscard]] Result<void> make(Instant now) const;

    // A new code for that node, as it is printed; an older one is void. What the node holds stays
    // good until it has joined with the new code.
    [[nodiscard]] Result<std::string> enroll(const std::string& node, Instant now) const;

    // No certificate and no code of that node is good any more. not_found: it never had one.
    [[nodiscard]] Result<void> revoke(const std::string& node) const;

    // What the pharmacy shows to callers; its certificate is renewed here. not_found: no ward was
    // ever enrolled.
    [[nodiscard]] Result<crypto::Credentials> credentials(Instant now) const;

    // What the files hold now, unchecked; none where they are not there or cannot be read. Whoever
    // has checked it sees by this that it is still the same, for a hundredth of the time.
    [[nodiscard]] std::optional<crypto::Credentials> held() const;

    // Whether the holder may call. not_found: that node never joined; not_allowed: the certificate
    // was revoked or replaced; conflict: it has expired. The first use of a renewed certificate
    // ends the one before.
    [[nodiscard]] Result<void> admit(const crypto::Certificate& certificate, Instant now) const;

    // True where some certificate of that node is good: it need not speak plain TCP any more.
    [[nodiscard]] bool has_joined(const std::string& node) const;

    // Those of whom some certificate is good, in order of name.
    [[nodiscard]] std::vector<std::string> joined_nodes() const;

    // Redeems a code, again and again for one and the same key: what was issued before is void
    // then. not_allowed: wrong, used by another key, expired or void; too_large: too many wrong
    // tries of everybody; bad_input: the request.
    [[nodiscard]] Result<Issued> join(
        const std::string& node,
        const std::string& secret,
        const std::string& request,
        Instant now);

    // A further certificate for the holder of a good one. As admit, and bad_input: the request.
    [[nodiscard]] Result<Issued>
    renew(const crypto::Certificate& present, const std::string& request, Instant now) const;

private:
    [[nodiscard]] Result<void> end_those_before(const crypto::Certificate& certificate) const;
    [[nodiscard]] bool too_many_wrong(Instant now);

    std::filesystem::path folder_;
    std::string node_;
    Instant minute_began_;
    int wrong_in_minute_ = 0;
};

} // namespace cartwatch::trust
