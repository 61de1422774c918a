#include "daemon/scanners/profile_store.hpp"

#include "scanner/wire/wire_text.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

#include <fcntl.h>
#include <unistd.h>

namespace cartwatch::scanners {

namespace {

using nlohmann::json;

json bytes_json(std::string_view bytes) {
    json object;
    wire::put_text(object, bytes);
    return object;
}

Unexpected broken_profiles() {
    return refused(ErrorCode::bad_input, "the file of scanner profiles is not one of ours");
}

bool take_bytes(const json& object, const char* name, std::size_t bytes_max, std::string& bytes) {
    const auto member = object.find(name);
    if (member == object.end() || !member->is_object()) {
        return false;
    }
    const auto text = wire::take_text(*member);
    if (!text || text->size() > bytes_max) {
        return false;
    }
    bytes = *text;
    return true;
}

std::string word_of(const json& object, const char* name) {
    const auto member = object.find(name);
    return member != object.end() && member->is_string() ? member->get<std::string>() : "";
}

bool take_profile(const json& object, StoredProfile& stored) {
    if (!object.is_object()) {
        return false;
    }
    stored.identity = word_of(object, "identity");
    const auto checked_at = parse_instant(word_of(object, "checked_at"));
    const auto layout = devices::parse_layout(word_of(object, "layout"));
    const auto letters = devices::parse_letters(word_of(object, "letters"));
    const auto identifiers = devices::parse_identifiers(word_of(object, "identifiers"));
    const auto line_end = object.find("line_end");
    if (stored.identity.empty() || !checked_at || !layout || !letters || !identifiers
        || line_end == object.end() || !line_end->is_boolean()) {
        return false;
    }
    stored.checked_at = *checked_at;
    stored.profile.layout = *layout;
    stored.profile.letters = *letters;
    stored.profile.identifiers = *identifiers;
    stored.profile.line_end = line_end->get<bool>();
    return take_bytes(object, "separator", devices::frame_bytes_max, stored.profile.separator)
           && take_bytes(object, "prefix", devices::frame_bytes_max, stored.profile.prefix)
           && take_bytes(object, "suffix", devices::frame_bytes_max, stored.profile.suffix);
}

// Writes and reaches the disk; 0, or errno.
int write_through(const std::filesystem::path& path, std::string_view text) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) {
        return errno;
    }
    int error = 0;
    while (!text.empty() && error == 0) {
        const ssize_t count = ::write(file, text.data(), text.size());
        if (count < 0) {
            error = errno == EINTR ? 0 : errno;
        } else {
            text.remove_prefix(static_cast<std::size_t>(count));
        }
    }
    if (error == 0 && ::fsync(file) != 0) {
        error = errno;
    }
    ::close(file);
    return error;
}

// The folder's entry for a renamed file; 0, or errno.
int sync_folder(const std::filesystem::path& folder) {
    const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file < 0) {
        return errno;
    }
    const int error = ::fsync(file) == 0 ? 0 : errno;
    ::close(file);
    return error;
}

int replace_file(const std::filesystem::path& path, std::string_view text) {
    const std::filesystem::path fresh = path.string() + ".new";
    if (const int error = write_through(fresh, text)) {
        return error;
    }
    if (::rename(fresh.c_str(), path.c_str()) != 0) {
        return errno;
    }
    return sync_folder(path.has_parent_path() ? path.parent_path() : ".");
}

} // namespace

std::string to_json_text(const std::vector<StoredProfile>& profiles) {
    json list = json::array();
    for (const StoredProfile& stored : profiles) {
        list.push_back(
            {{"identity", stored.identity},
             {"checked_at", cartwatch::to_text(stored.checked_at)},
             {"layout", devices::to_text(stored.profile.layout)},
             {"letters", devices::to_text(stored.profile.letters)},
             {"identifiers", devices::to_text(stored.profile.identifiers)},
             {"separator", bytes_json(stored.profile.separator)},
             {"prefix", bytes_json(stored.profile.prefix)},
             {"suffix", bytes_json(stored.profile.suffix)},
             {"line_end", stored.profile.line_end}});
    }
    return json{{"profiles", list}}.dump(1, ' ', false, json::error_handler_t::replace) + "\n";
}

Result<std::vector<StoredProfile>> parse_profiles(std::string_view text) {
    const auto object = wire::parse_object(text);
    if (!object || !object->contains("profiles") || !(*object)["profiles"].is_array()
        || (*object)["profiles"].size() > profiles_max) {
        return broken_profiles();
    }
    std::vector<StoredProfile> profiles;
    for (const json& entry : (*object)["profiles"]) {
        StoredProfile stored;
        if (!take_profile(entry, stored)) {
            return broken_profiles();
        }
        profiles.push_back(std::move(stored));
    }
    return profiles;
}

Result<void> ProfileStore::load() {
    profiles_.clear();
    std::error_code error;
    if (!std::filesystem::exists(file_, error) && !error) {
        return {};
    }
    std::ifstream stream(file_, std::ios::binary);
    std::string text(profiles_bytes_max + 1, '\0');
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(stream.gcount()));
    if (text.empty() || text.size() > profiles_bytes_max) {
        return refused(ErrorCode::unavailable, file_.string() + ": cannot be read");
    }
    auto profiles = parse_profiles(text);
    if (!profiles) {
        return refused(profiles.error().code, file_.string() + ": " + profiles.error().text);
    }
    profiles_ = std::move(*profiles);
    return {};
}

const StoredProfile* ProfileStore::find(std::string_view identity) const {
    const auto found =
        std::find_if(profiles_.rbegin(), profiles_.rend(), [&](const StoredProfile& stored) {
            return stored.identity == identity;
        });
    return found == profiles_.rend() ? nullptr : &*found;
}

Result<void> ProfileStore::keep(const StoredProfile& profile) {
    std::vector<StoredProfile> next = profiles_;
    std::erase_if(
        next, [&](const StoredProfile& stored) { return stored.identity == profile.identity; });
    next.push_back(profile);
    if (next.size() > profiles_max) {
        next.erase(next.begin());
    }
    if (const int error = replace_file(file_, to_json_text(next))) {
        return refused(
            ErrorCode::unavailable,
            file_.string() + ": cannot be written: " + std::strerror(error));
    }
    profiles_ = std::move(next);
    return {};
}

} // namespace cartwatch::scanners
