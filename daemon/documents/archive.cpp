#include "daemon/reports/archive.hpp"

#include "daemon/documents/documents.hpp"
#include "scanner/values/text.hpp"

#include <zip.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <memory>
#include <set>
#include <stdexcept>
#include <vector>

namespace cartwatch::documents {

namespace fs = std::filesystem;
using namespace reports;

namespace {

struct Discard {
    void operator()(zip_t* archive) const {
        zip_discard(archive);
    }
};

using Archive = std::unique_ptr<zip_t, Discard>;

struct CloseFile {
    void operator()(zip_file_t* file) const {
        zip_fclose(file);
    }
};

Archive opened(const fs::path& file, int flags) {
    int code = 0;
    return Archive(zip_open(file.c_str(), flags, &code));
}

[[noreturn]] void fail(const fs::path& file, zip_t* archive) {
    throw std::runtime_error(
        file.string() + ": the archive cannot be written: "
        + (archive == nullptr ? "is it there already?" : zip_strerror(archive)));
}

Unexpected unusable(const fs::path& file, const std::string& why) {
    return refused(ErrorCode::bad_input, file.string() + ": " + why);
}

// Without the one folder that files lie in; empty: lies deeper, is a folder, or leads elsewhere.
std::string file_name_of(std::string name) {
    if (const std::size_t slash = name.find('/'); slash != std::string::npos) {
        name.erase(0, slash + 1);
    }
    const bool is_name = name.find_first_of("/\\") == std::string::npos && name != ".."
                         && name != "." && name.find('\0') == std::string::npos;
    return is_name ? name : "";
}

Result<void> unpack(zip_t* archive, zip_uint64_t index, const fs::path& to, std::uint64_t& left) {
    const std::unique_ptr<zip_file_t, CloseFile> from(zip_fopen_index(archive, index, 0));
    if (!from) {
        return unusable(to.filename(), zip_strerror(archive));
    }
    std::ofstream out(to, std::ios::binary);
    std::vector<char> part(256U * 1024);
    for (;;) {
        const zip_int64_t bytes = zip_fread(from.get(), part.data(), part.size());
        if (bytes < 0) {
            return unusable(to.filename(), "is damaged in the archive");
        }
        if (static_cast<std::uint64_t>(bytes) > left) {
            return refused(ErrorCode::too_large, "the archive unpacks to more than 8 GiB");
        }
        left -= static_cast<std::uint64_t>(bytes);
        if (bytes == 0) {
            break;
        }
        out.write(part.data(), static_cast<std::streamsize>(bytes));
    }
    out.close();
    if (!out) {
        throw std::runtime_error(to.string() + ": writing failed; is the disk full?");
    }
    return {};
}

} // namespace

void write_archive(const fs::path& folder, std::string_view inside, const fs::path& file) {
    std::vector<fs::path> files;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
        files.push_back(entry.path());
    }
    std::ranges::sort(files);
    Archive archive = opened(file, ZIP_CREATE | ZIP_EXCL);
    for (const fs::path& one : files) {
        zip_source_t* source =
            archive ? zip_source_file(archive.get(), one.c_str(), 0, -1) : nullptr;
        const std::string name = std::string(inside) + "/" + one.filename().string();
        if (source == nullptr
            || zip_file_add(archive.get(), name.c_str(), source, ZIP_FL_ENC_UTF_8) < 0) {
            zip_source_free(source);
            fail(file, archive.get());
        }
    }
    if (!archive || zip_close(archive.get()) != 0) {
        fail(file, archive.get());
    }
    static_cast<void>(archive.release()); // closed
}

Result<void> read_archive(const fs::path& file, const fs::path& folder) {
    const Archive archive = opened(file, ZIP_RDONLY | ZIP_CHECKCONS);
    if (!archive) {
        return unusable(file, "is no zip archive, or a damaged one");
    }
    const zip_int64_t entries = zip_get_num_entries(archive.get(), 0);
    if (entries > archive_files_max) {
        return unusable(file, "has " + std::to_string(entries) + " files, more than a pack has");
    }
    std::set<std::string> names;
    std::uint64_t left = archive_bytes_max;
    for (zip_int64_t i = 0; i < entries; ++i) {
        const auto index = static_cast<zip_uint64_t>(i);
        const char* told = zip_get_name(archive.get(), index, 0);
        const std::string name = file_name_of(told == nullptr ? "" : told);
        if (name.empty() || !names.insert(name).second) {
            return unusable(
                file, "holds \"" + quotable(told == nullptr ? "" : told) + "\", as no pack does");
        }
        if (const auto done = unpack(archive.get(), index, folder / name, left); !done) {
            return done;
        }
    }
    return {};
}

} // namespace cartwatch::documents
