// The pages: every file of one folder, read once at start. A request only ever looks a name up in
// that list, so no path leads out of the folder.
#pragma once

#include "daemon/web/message.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace cartwatch::web {

// 64 MiB and 1,000 files: the pages with a decoder in WebAssembly have about 2 MiB in 30 files.
inline constexpr std::size_t pages_bytes_max = 64 * 1024 * 1024;
inline constexpr std::size_t pages_count_max = 1000;

class StaticFiles {
public:
    StaticFiles() = default;

    // Reads the folder with its subfolders; links and hidden files are passed over. Throws
    // std::runtime_error where it cannot be read or is larger than the limits.
    explicit StaticFiles(const std::filesystem::path& folder);

    // The answer to GET or HEAD of a path; "/" is index.html. 404 for what is not in the list, 304
    // where the asker has it.
    [[nodiscard]] Response answer(const RequestHead& head) const;

    // "app-4JX7Q2LM.js": the bundler puts a hash of the content into the name, at least eight
    // characters of A-Z 0-9, so the name never means other bytes.
    [[nodiscard]] static bool is_hashed_name(std::string_view path);

private:
    struct File {
        std::shared_ptr<const std::string> bytes;
        std::shared_ptr<const std::string> gzip; // null: none beside it
        std::string etag;                        // without quotes
        std::string media_type;
        bool immutable = false;
    };

    std::map<std::string, File, std::less<>> files_; // by path, beginning with "/"
};

} // namespace cartwatch::web
