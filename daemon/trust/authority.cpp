#include "daemon/trust/authority.hpp"

#include "daemon/crypto/sha256.hpp"
#include "daemon/trust/join_code.hpp"
#include "daemon/trust/node_record.hpp"
#include "daemon/trust/pem_parts.hpp"
#include "daemon/trust/whole_file.hpp"

#include <algorithm>
#include <utility>

namespace cartwatch::trust {

namespace fs = std::filesystem;

namespace {

fs::path authority_file(const fs::path& folder) {
    return folder / "authority.pem";
}

fs::path own_file(const fs::path& folder) {
    return folder / "pharmacy.pem";
}

fs::path record_file(const fs::path& folder, const std::string& node) {
    return folder / "wards" / (node + ".json");
}

crypto::Validity validity_from(Instant now, std::chrono::hours life) {
    return {now - clock_slack, now + life};
}

// A key and its certificate from one file; nullopt where there is no such file.
Result<std::optional<crypto::Issuer>> read_pair(const fs::path& path) {
    const auto text = read_file(path);
    if (!text) {
        return Unexpected(text.error());
    }
    if (!*text) {
        return std::nullopt;
    }
    const std::vector<std::string> parts = pem_parts(**text);
    if (parts.size() != 2) {
        return refused(
            ErrorCode::unavailable, path.string() + ": does not hold a key and its certificate");
    }
    return crypto::Issuer{parts[0], parts[1]};
}

Result<std::optional<NodeRecord>> read_record(const fs::path& folder, const std::string& node) {
    const fs::path path = record_file(folder, node);
    const auto text = read_file(path);
    if (!text) {
        return Unexpected(text.error());
    }
    if (!*text) {
        return std::nullopt;
    }
    const auto record = parse_node_record(**text);
    if (!record || record->node != node) {
        return refused(ErrorCode::unavailable, path.string() + ": is not the record of " + node);
    }
    return *record;
}

Result<void> write_record(const fs::path& folder, const NodeRecord& record) {
    return write_file(record_file(folder, record.node), to_text(record));
}

Result<void> make_authority_file(const fs::path& folder, const std::string& node, Instant now) {
    const std::string key = crypto::make_key();
    // Another name than that of the pharmacy's own certificate, within the 64 bytes of X.509.
    const std::string name = "Cartwatch authority " + node.substr(0, 44);
    return write_file(
        authority_file(folder),
        key + crypto::make_authority(key, name, validity_from(now, authority_life)));
}

Result<void> make_own_file(
    const fs::path& folder, const crypto::Issuer& issuer, const std::string& node, Instant now) {
    const std::string key = crypto::make_key();
    const crypto::Terms terms{crypto::Holder::pharmacy, validity_from(now, certificate_life)};
    const auto issued = crypto::issue(issuer, crypto::make_request(key, node), node, terms);
    if (!issued) {
        return Unexpected(issued.error());
    }
    return write_file(own_file(folder), key + *issued);
}

// Whether the pharmacy's own certificate is there, its own, and good for a while.
bool is_own_good(
    const std::optional<crypto::Issuer>& own,
    const crypto::Issuer& issuer,
    const std::string& node,
    Instant now) {
    if (!own) {
        return false;
    }
    const auto checked = crypto::check_credentials(
        {own->key, own->certificate, issuer.certificate}, crypto::Holder::pharmacy, now);
    return checked && checked->node == node && !is_renewal_due(*checked, now);
}

Unexpected code_refused(const std::string& node, const std::string& why) {
    return refused(
        ErrorCode::not_allowed,
        "the code for " + node + " " + why + ": cartwatch pharmacy enroll " + node
            + " prints a new one");
}

// Why a code whose secret is right is none any more for this key; empty where it is good. Whoever
// has used it may ask again: the answer to it may have been lost on the way.
std::string fault_of(const NodeRecord::Code& code, const std::string& key, Instant now) {
    if (code.used && code.key != key) {
        return "was used already";
    }
    if (code.wrong >= wrong_tries_max) {
        return "is void after " + std::to_string(wrong_tries_max) + " wrong tries";
    }
    return now >= code.until ? "ended at " + cartwatch::to_text(code.until) : std::string();
}

std::string hash_of_secret(const std::string& secret) {
    return crypto::sha256("cartwatch join secret " + secret);
}

// Refused (bad_input) unless it is that node's own.
Result<crypto::Request> request_of(const std::string& node, const std::string& request) {
    auto asked = crypto::read_request(request);
    if (!asked) {
        return refused(ErrorCode::bad_input, asked.error().text);
    }
    if (asked->node != node) {
        return refused(ErrorCode::bad_input, "the request is not in the name of " + node);
    }
    return asked;
}

// A ward's certificate, and the record that it is good, but nothing on disk yet.
Result<Issued>
issue_to(const fs::path& folder, NodeRecord& record, const std::string& request, Instant now) {
    const auto issuer = read_pair(authority_file(folder));
    if (!issuer) {
        return Unexpected(issuer.error());
    }
    if (!*issuer) {
        return refused(ErrorCode::unavailable, "the authority's file is gone");
    }
    const crypto::Terms terms{crypto::Holder::ward, validity_from(now, certificate_life)};
    const auto certificate = crypto::issue(**issuer, request, record.node, terms);
    if (!certificate) {
        return Unexpected(certificate.error());
    }
    const auto facts = crypto::read_certificate(*certificate);
    if (!facts) {
        return Unexpected(facts.error());
    }
    record.certificates.push_back({facts->fingerprint, facts->until});
    return Issued{*certificate, (*issuer)->certificate};
}

} // namespace

bool is_renewal_due(const crypto::Certificate& certificate, Instant now) {
    return now >= certificate.until - (certificate.until - certificate.from) / 2;
}

fs::path trust_folder(const fs::path& state) {
    return state / "trust";
}

Authority::Authority(fs::path folder, std::string node)
    : folder_(std::move(folder)), node_(std::move(node)) {}

Result<void> Authority::make_folders() const {
    return make_folder(records_folder());
}

fs::path Authority::records_folder() const {
    return folder_ / "wards";
}

Result<void> Authority::make(Instant now) const {
    if (const auto made = make_folders(); !made) {
        return made;
    }
    {
        const auto lock = FolderLock::wait(folder_);
        if (!lock) {
            return Unexpected(lock.error());
        }
        const auto present = read_pair(authority_file(folder_));
        if (!present) {
            return Unexpected(present.error());
        }
        if (!*present) {
            if (const auto written = make_authority_file(folder_, node_, now); !written) {
                return written;
            }
        }
    }
    if (const auto own = credentials(now); !own) {
        return Unexpected(own.error());
    }
    return {};
}

Result<std::string> Authority::enroll(const std::string& node, Instant now) const {
    if (const auto made = make(now); !made) {
        return Unexpected(made.error());
    }
    const auto own = credentials(now);
    const auto lock = FolderLock::wait(folder_);
    if (!own || !lock) {
        return Unexpected(own ? lock.error() : own.error());
    }
    const auto facts = crypto::read_certificate(own->authority);
    const auto known = read_record(folder_, node);
    if (!facts || !known) {
        return Unexpected(facts ? known.error() : facts.error());
    }
    NodeRecord record = known->value_or(NodeRecord{});
    record.node = node;
    const JoinCode code = make_join_code(facts->fingerprint);
    record.code = NodeRecord::Code{hash_of_secret(code.secret), now + code_life, 0, false, ""};
    if (const auto written = write_record(folder_, record); !written) {
        return Unexpected(written.error());
    }
    return to_text(code);
}

Result<void> Authority::revoke(const std::string& node) const {
    std::error_code unknown; // a folder that cannot be asked cannot be locked either
    if (!fs::exists(record_file(folder_, node), unknown)) {
        return refused(ErrorCode::not_found, node + " was never enrolled here: nothing is changed");
    }
    const auto lock = FolderLock::wait(folder_);
    if (!lock) {
        return Unexpected(lock.error());
    }
    const auto known = read_record(folder_, node);
    if (!known) {
        return Unexpected(known.error());
    }
    NodeRecord record = known->value_or(NodeRecord{});
    record.node = node;
    record.code.reset();
    record.certificates.clear();
    record.revoked = true;
    return write_record(folder_, record);
}

Result<crypto::Credentials> Authority::credentials(Instant now) const {
    const auto issuer = read_pair(authority_file(folder_));
    auto own = read_pair(own_file(folder_));
    if (!issuer || !own) {
        return Unexpected(issuer ? own.error() : issuer.error());
    }
    if (!*issuer) {
        return refused(
            ErrorCode::not_found, "no ward has been enrolled here: cartwatch pharmacy enroll NODE");
    }
    if (!is_own_good(*own, **issuer, node_, now)) {
        const auto lock = FolderLock::take(folder_);
        if (!lock) {
            return Unexpected(lock.error());
        }
        if (const auto made = make_own_file(folder_, **issuer, node_, now); !made) {
            return Unexpected(made.error());
        }
        own = read_pair(own_file(folder_));
        if (!own || !*own) {
            return refused(ErrorCode::unavailable, own_file(folder_).string() + ": is gone");
        }
    }
    return crypto::Credentials{(*own)->key, (*own)->certificate, (*issuer)->certificate};
}

std::optional<crypto::Credentials> Authority::held() const {
    const auto issuer = read_pair(authority_file(folder_));
    const auto own = read_pair(own_file(folder_));
    if (!issuer || !own || !*issuer || !*own) {
        return std::nullopt;
    }
    return crypto::Credentials{(*own)->key, (*own)->certificate, (*issuer)->certificate};
}

Result<void> Authority::admit(const crypto::Certificate& certificate, Instant now) const {
    const auto known = read_record(folder_, certificate.node);
    if (!known) {
        return Unexpected(known.error());
    }
    if (!*known) {
        return refused(
            ErrorCode::not_found,
            certificate.node + " has not joined here: cartwatch pharmacy enroll " + certificate.node
                + " prints the code for it");
    }
    const NodeRecord& record = **known;
    const auto held =
        std::find_if(record.certificates.begin(), record.certificates.end(), [&](const auto& each) {
            return each.fingerprint == certificate.fingerprint;
        });
    if (held == record.certificates.end()) {
        return refused(
            ErrorCode::not_allowed,
            "the certificate of " + certificate.node + " was "
                + (record.revoked ? "revoked" : "replaced")
                + ": let it join again with a new code");
    }
    if (now >= held->until) {
        return refused(
            ErrorCode::conflict,
            "the certificate of " + certificate.node + " has expired: let it join again");
    }
    if (held == record.certificates.begin()) {
        return {};
    }
    return end_those_before(certificate);
}

Result<void> Authority::end_those_before(const crypto::Certificate& certificate) const {
    const auto lock = FolderLock::take(folder_);
    if (!lock) {
        return {}; // the next call does it: two good ones harm nobody
    }
    auto known = read_record(folder_, certificate.node); // it may have been revoked meanwhile
    if (!known || !*known) {
        return refused(ErrorCode::unavailable, "the record of " + certificate.node + " is gone");
    }
    std::vector<NodeRecord::Issued>& held = (*known)->certificates;
    const auto used = std::find_if(held.begin(), held.end(), [&](const auto& each) {
        return each.fingerprint == certificate.fingerprint;
    });
    if (used == held.begin() || used == held.end()) {
        return {}; // done already, or for the next look to refuse
    }
    held.erase(held.begin(), used);
    return write_record(folder_, **known);
}

bool Authority::has_joined(const std::string& node) const {
    const auto known = read_record(folder_, node);
    // A record that cannot be read is one: who may not be asked is not let in without TLS.
    return !known || (*known && (!(*known)->certificates.empty() || (*known)->revoked));
}

std::vector<std::string> Authority::joined_nodes() const {
    std::vector<std::string> nodes;
    std::error_code none_yet;
    for (const auto& file : fs::directory_iterator(records_folder(), none_yet)) {
        const std::string node = file.path().stem().string();
        if (file.path().extension() != ".json") {
            continue;
        }
        const auto known = read_record(folder_, node);
        if (known && *known && !(*known)->certificates.empty()) {
            nodes.push_back(node);
        }
    }
    std::sort(nodes.begin(), nodes.end());
    return nodes;
}

bool Authority::too_many_wrong(Instant now) {
    if (now < minute_began_ || now - minute_began_ >= std::chrono::minutes{1}) {
        minute_began_ = now;
        wrong_in_minute_ = 0;
    }
    return wrong_in_minute_ >= wrong_tries_per_minute;
}

Result<Issued> Authority::join(
    const std::string& node, const std::string& secret, const std::string& request, Instant now) {
    if (too_many_wrong(now)) {
        return refused(
            ErrorCode::too_large, "too many wrong codes were tried: try again in a minute");
    }
    const auto lock = FolderLock::take(folder_);
    if (!lock) {
        return Unexpected(lock.error());
    }
    const auto known = read_record(folder_, node);
    if (!known) {
        return Unexpected(known.error());
    }
    NodeRecord record = known->value_or(NodeRecord{});
    if (!record.code || record.code->hash != hash_of_secret(secret)) {
        ++wrong_in_minute_;
        if (record.code && record.code->wrong < wrong_tries_max) {
            ++record.code->wrong;
            if (const auto counted = write_record(folder_, record); !counted) {
                return Unexpected(counted.error());
            }
        }
        return code_refused(node, "is not the one that was printed last");
    }
    const auto asked = request_of(node, request);
    if (!asked) {
        return Unexpected(asked.error());
    }
    if (const std::string fault = fault_of(*record.code, asked->key, now); !fault.empty()) {
        return code_refused(node, fault);
    }
    record.code->used = true;
    record.code->key = asked->key;
    record.certificates.clear();
    record.revoked = false;
    auto issued = issue_to(folder_, record, request, now);
    if (!issued) {
        return issued;
    }
    if (const auto written = write_record(folder_, record); !written) {
        return Unexpected(written.error());
    }
    return issued;
}

Result<Issued> Authority::renew(
    const crypto::Certificate& present, const std::string& request, Instant now) const {
    const auto lock = FolderLock::take(folder_);
    if (!lock) {
        return Unexpected(lock.error());
    }
    // Asked under the lock: who was revoked a moment before is given nothing new.
    if (const auto admitted = admit(present, now); !admitted) {
        return Unexpected(admitted.error());
    }
    const auto known = read_record(folder_, present.node);
    if (!known || !*known) {
        return refused(ErrorCode::unavailable, "the record of " + present.node + " is gone");
    }
    if (const auto asked = request_of(present.node, request); !asked) {
        return Unexpected(asked.error());
    }
    NodeRecord record = **known;
    std::erase_if(record.certificates, [&](const NodeRecord::Issued& each) {
        return each.fingerprint != present.fingerprint;
    });
    auto issued = issue_to(folder_, record, request, now);
    if (!issued) {
        return issued;
    }
    if (const auto written = write_record(folder_, record); !written) {
        return Unexpected(written.error());
    }
    return issued;
}

} // namespace cartwatch::trust
