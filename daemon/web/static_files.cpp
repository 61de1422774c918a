#include "daemon/web/static_files.hpp"

#include "daemon/crypto/sha256.hpp"
#include "scanner/values/text.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <utility>

namespace cartwatch::web {

namespace {

namespace fs = std::filesystem;

// Media types of what a page is made of (IANA registry, 2026-11); others are bytes.
constexpr std::array<std::pair<std::string_view, std::string_view>, 14> media_types{{
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".csv", "text/csv; charset=utf-8"},
    {".json", "application/json"},
    {".map", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".wasm", "application/wasm"},
    {".txt", "text/plain; charset=utf-8"},
}};

std::string media_type_of(std::string_view path) {
    for (const auto& [ending, type] : media_types) {
        if (path.size() > ending.size() && path.substr(path.size() - ending.size()) == ending) {
            return std::string(type);
        }
    }
    return "application/octet-stream";
}

std::string read_file(const fs::path& path) {
    std::ifstream stream(path, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(stream), {}};
    if (!stream.is_open() || stream.bad()) {
        throw std::runtime_error("page " + path.string() + " cannot be read");
    }
    return bytes;
}

// The regular files of the folder by their path in it; never what a link leads to.
std::map<std::string, std::string> read_folder(const fs::path& folder) {
    std::map<std::string, std::string> files;
    std::size_t bytes = 0;
    for (auto entry = fs::recursive_directory_iterator(folder);
         entry != fs::recursive_directory_iterator();
         ++entry) {
        if (entry->path().filename().string().front() == '.') {
            entry.disable_recursion_pending();
            continue;
        }
        if (entry->symlink_status().type() != fs::file_type::regular) {
            continue;
        }
        bytes += entry->file_size();
        if (files.size() == pages_count_max || bytes > pages_bytes_max) {
            throw std::runtime_error(
                "folder of pages " + folder.string() + " holds more than "
                + std::to_string(pages_count_max) + " files or " + std::to_string(pages_bytes_max)
                + " bytes");
        }
        files["/" + fs::relative(entry->path(), folder).generic_string()] =
            read_file(entry->path());
    }
    return files;
}

bool has_etag(std::string_view if_none_match, const std::string& etag) {
    return if_none_match == "*" || if_none_match.find("\"" + etag + "\"") != std::string_view::npos;
}

} // namespace

bool StaticFiles::is_hashed_name(std::string_view path) {
    constexpr std::size_t hash_characters = 8;
    const std::string_view name = path.substr(path.rfind('/') + 1);
    const std::size_t dash = name.rfind('-');
    if (dash == std::string_view::npos || dash == 0) {
        return false;
    }
    const std::string_view rest = name.substr(dash + 1);
    const std::string_view hash = rest.substr(0, rest.find('.'));
    const bool plain = std::all_of(
        hash.begin(), hash.end(), [](char c) { return is_digit(c) || (c >= 'A' && c <= 'Z'); });
    return plain && hash.size() >= hash_characters && hash.size() < rest.size();
}

StaticFiles::StaticFiles(const fs::path& folder) {
    constexpr std::string_view packed = ".gz";
    constexpr std::size_t etag_characters = 32;
    auto bytes_of = read_folder(folder);
    for (auto& [path, bytes] : bytes_of) {
        const bool is_packed = path.ends_with(packed);
        if (is_packed && bytes_of.contains(path.substr(0, path.size() - packed.size()))) {
            continue; // the packed form of another
        }
        const auto variant = bytes_of.find(path + std::string(packed));
        File file;
        file.etag = crypto::sha256(bytes).substr(0, etag_characters);
        file.media_type = media_type_of(path);
        file.immutable = is_hashed_name(path);
        file.bytes = std::make_shared<const std::string>(std::move(bytes));
        if (variant != bytes_of.end()) {
            file.gzip = std::make_shared<const std::string>(variant->second);
        }
        files_.emplace(path, std::move(file));
    }
}

Response StaticFiles::answer(const RequestHead& head) const {
    const auto found = files_.find(head.path == "/" ? "/index.html" : head.path);
    if (found == files_.end()) {
        return problem({404, "Not found", "there is no page \"" + shortened(head.path) + "\"", ""});
    }
    const File& file = found->second;
    const bool packed = file.gzip != nullptr && head.accepts_gzip;
    const std::string etag = packed ? file.etag + "-gz" : file.etag;
    Response response;
    response.headers.emplace_back("ETag", "\"" + etag + "\"");
    response.headers.emplace_back(
        "Cache-Control", file.immutable ? "public, max-age=31536000, immutable" : "no-cache");
    if (file.gzip != nullptr) {
        response.headers.emplace_back("Vary", "Accept-Encoding");
    }
    if (has_etag(head.if_none_match, etag)) {
        response.status = 304;
        return response;
    }
    response.headers.emplace_back("Content-Type", file.media_type);
    if (packed) {
        response.headers.emplace_back("Content-Encoding", "gzip");
    }
    response.file = packed ? file.gzip : file.bytes;
    return response;
}

} // namespace cartwatch::web
