#include "daemon/inspection/verify.hpp"

#include "daemon/inspection/digest.hpp"
#include "daemon/pack/chain.hpp"
#include "daemon/reports/archive.hpp"
#include "scanner/values/text.hpp"

#include <algorithm>
#include <cstdlib>

namespace cartwatch::inspection {

namespace fs = std::filesystem;

namespace {

Unexpected differs(const std::string& what) {
    return refused(ErrorCode::conflict, what);
}

Result<pack::ReadManifest> manifest_of(const fs::path& folder) {
    const fs::path file = folder / std::string(pack::manifest_name);
    std::error_code ignored; // what is no file is refused below
    if (!fs::is_regular_file(fs::symlink_status(file, ignored))) {
        return differs(std::string(pack::manifest_name) + " is not there: this is no whole pack");
    }
    std::string text(pack::manifest_bytes_max + 1, '\0');
    std::ifstream stream(file, std::ios::binary);
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (stream.bad() || !stream.is_open()) {
        throw std::runtime_error(file.string() + ": cannot be read");
    }
    text.resize(static_cast<std::size_t>(stream.gcount()));
    return pack::read_manifest(text, crypto::sha256);
}

Result<void> check_list(const fs::path& folder, const pack::Manifest& manifest) {
    for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
        const std::string name = entry.path().filename().string();
        const bool is_known = name == pack::manifest_name
                              || std::ranges::find(manifest.files, name, &pack::PackFile::name)
                                     != manifest.files.end();
        if (!is_known) {
            return differs("\"" + quotable(name) + "\" was added: the manifest does not name it");
        }
        if (!fs::is_regular_file(entry.symlink_status())) {
            return differs("\"" + quotable(name) + "\" is no file");
        }
    }
    for (const pack::PackFile& file : manifest.files) {
        if (!fs::exists(folder / file.name)) {
            return differs(file.name + " was removed");
        }
    }
    return {};
}

// Lines of a journal, none longer than an entry with its names can be.
Result<VerifiedPack> check_chain(const fs::path& folder, const pack::ReadManifest& read) {
    pack::ChainCheck chain(read.manifest.journals, crypto::sha256);
    std::ifstream stream(folder / std::string(pack::journal_name), std::ios::binary);
    std::string line;
    line.reserve(1024);
    constexpr std::size_t line_bytes_max = 2 * journal::entry_bytes_max;
    std::int64_t number = 0;
    for (char c = 0; stream.get(c);) {
        if (c != '\n') {
            line += c;
            if (line.size() > line_bytes_max) {
                return differs(std::string(pack::journal_name) + ": a line is too long");
            }
            continue;
        }
        ++number;
        if (const auto taken = chain.take(line); !taken) {
            return differs(taken.error().text + " (line " + std::to_string(number) + ")");
        }
        line.clear();
    }
    if (!line.empty()) {
        return differs(std::string(pack::journal_name) + ": the last line has no end");
    }
    if (const auto ended = chain.end(); !ended) {
        return differs(ended.error().text);
    }
    return VerifiedPack{read.manifest, read.seal, chain.entries(), chain.withheld()};
}

Result<VerifiedPack> verify_folder(const fs::path& folder) {
    const auto read = manifest_of(folder);
    if (!read) {
        return tl::unexpected(read.error());
    }
    if (const auto listed = check_list(folder, read->manifest); !listed) {
        return tl::unexpected(listed.error());
    }
    auto chain = check_chain(folder, *read);
    for (const pack::PackFile& file : read->manifest.files) {
        const FileDigest digest = digest_of(folder / file.name);
        if (digest.sha256 == file.sha256 && digest.bytes == file.bytes) {
            continue;
        }
        const bool is_journal = file.name == pack::journal_name && !chain;
        return differs(
            file.name + " was changed since the pack was made"
            + (is_journal ? "; " + chain.error().text : std::string()));
    }
    return chain;
}

// Gone with its last use.
class ScratchFolder {
public:
    ScratchFolder() {
        std::string name = (fs::temp_directory_path() / "cartwatch-pack-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) {
            throw std::runtime_error(name + ": no folder for temporary files can be made there");
        }
        path_ = name;
    }

    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    ScratchFolder(ScratchFolder&&) = delete;
    ScratchFolder& operator=(ScratchFolder&&) = delete;

    ~ScratchFolder() {
        std::error_code ignored; // temporary files go with the machine's next start
        fs::remove_all(path_, ignored);
    }

    [[nodiscard]] const fs::path& path() const {
        return path_;
    }

private:
    fs::path path_;
};

} // namespace

bool is_pack(const fs::path& path) {
    std::error_code ignored; // what is not there is no folder
    return fs::is_directory(path, ignored) || reports::looks_like_archive(path);
}

Result<VerifiedPack> verify_pack(const fs::path& pack) {
    if (fs::is_directory(pack)) {
        return verify_folder(pack);
    }
    const ScratchFolder scratch;
    if (const auto read = reports::read_archive(pack, scratch.path()); !read) {
        return tl::unexpected(read.error());
    }
    return verify_folder(scratch.path());
}

} // namespace cartwatch::inspection
