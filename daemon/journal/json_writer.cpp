#include "daemon/journal/json_archive.hpp"

#include <algorithm>

namespace cartwatch::journal {

std::string JsonWriter::take() {
    std::sort(members_.begin(), members_.end());
    std::size_t size = 2;
    for (const auto& [name, value] : members_) {
        size += name.size() + value.size() + 4;
    }
    std::string object;
    object.reserve(size);
    object += '{';
    for (const auto& [name, value] : members_) {
        object += object.size() > 1 ? ",\"" : "\"";
        object += name;
        object += "\":";
        object += value;
    }
    object += '}';
    members_.clear();
    return object;
}

} // namespace cartwatch::journal
